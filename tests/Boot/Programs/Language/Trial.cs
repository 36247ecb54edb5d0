// One case of the suite: it holds, or it is refused for a reason. Assembly half: Trial.asm. Next: ArrayCases.cs
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Console = RingOS.User.Console;

namespace RingOS.Test.Language;

/// <summary>Prints "ok NAME", or "FAILED NAME: WHY", for each case.</summary>
internal static unsafe class Trial
{
    private const int Abandoned = 2;

    private static string s_reason = "";

    public static int Failures { get; private set; }

    public static int Count { get; private set; }

    /// <summary>The case returns true.</summary>
    public static void Holds(string name, delegate*<bool> body)
    {
        int outcome = Run(body);
        Report(name, outcome == 1, outcome == Abandoned ? s_reason : "it does not hold");
    }

    /// <summary>The case does not come back: the core library stops it with this reason.</summary>
    public static void Refused(string name, string reason, delegate*<bool> body)
    {
        int outcome = Run(body);
        Report(name, outcome == Abandoned && s_reason == reason, outcome == Abandoned ? s_reason : "it was not stopped");
    }

    private static int Run(delegate*<bool> body)
    {
        Count++;
        Panic.Handler = &OnPanic;
        return TrialRun(body);
    }

    private static void OnPanic(string why)
    {
        s_reason = why;
        TrialAbandon();
    }

    private static void Report(string name, bool isOk, string otherwise)
    {
        if (!isOk)
            Failures++;
        Write(isOk ? "ok " : "FAILED ");
        Write(name);
        if (!isOk)
        {
            Write(": ");
            Write(otherwise);
        }
        Console.WriteLine(""u8);
    }

    private static void Write(string text)
    {
        Span<byte> bytes = stackalloc byte[text.Length];
        for (int i = 0; i < text.Length; i++)
            bytes[i] = (byte)text[i];
        Console.Write(bytes);
    }

    [RuntimeImport("*", "trial_run"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int TrialRun(delegate*<bool> body);

    [RuntimeImport("*", "trial_abandon"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void TrialAbandon();
}

/// <summary>Values that the compilers cannot see through.</summary>
internal static class Opaque
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T Of<T>(T value) => value;
}
