// RingOS.DriverCheck DRIVER LIBRARY...: exit code 1, a line for each offence, if the driver's IL has anything in it that is not on the list.
// Next: DriverCheckCommand.cs
using System;
using RingOS.DriverCheck;

return DriverCheckCommand.Run(args, Console.Error);
