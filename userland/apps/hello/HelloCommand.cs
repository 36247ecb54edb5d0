// Says hello. Next: ../ping/PingCommand.cs
using RingOS.User;

namespace RingOS.Hello;

/// <summary>Prints a greeting and the words it was started with.</summary>
public static class HelloCommand
{
    public static int Run(Arguments arguments)
    {
        Console.WriteLine("Hello from ring 3!"u8);
        for (int i = 0; i < arguments.Count; i++)
        {
            Console.Write("argument "u8);
            Console.Write((ulong)i);
            Console.Write(": "u8);
            Console.WriteLine(arguments[i]);
        }
        return 0;
    }
}
