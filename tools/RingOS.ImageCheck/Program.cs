// RingOS.ImageCheck ELF: exit code 1, a line for each offence, if the kernel image uses SSE registers. Next: KernelImageCheck.cs
using System;
using RingOS.ImageCheck;

return KernelImageCheck.Run(args, Console.Error);
