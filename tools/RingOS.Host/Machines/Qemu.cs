// The QEMU that boots the machines, and all that differs between QEMUs: whoever needs to know asks here. Next: QemuCommandLine.cs
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;

namespace RingOS.Host.Machines;

/// <summary>A QEMU of a version. Tested: 7.2 (Debian 12) and 10.0 (Debian 13); the others are between them.</summary>
/// <param name="Program">Its path, or a name on PATH.</param>
/// <param name="Version">As it says itself: 7.2.22.</param>
public sealed record Qemu(string Program, Version Version)
{
    /// <summary>The program, if no other is chosen.</summary>
    public const string Name = "qemu-system-x86_64";

    /// <summary>Names another QEMU, for this process and its children; the option --qemu sets it.</summary>
    public const string Variable = "RINGOS_QEMU";

    private const string MitigationProperty = "mitigation=<bool>";

    private static readonly ConcurrentDictionary<string, Qemu> s_known = new();

    /// <summary>
    /// e1000 has the property <c>mitigation</c>, which can be switched off. Where it is gone, the device always holds interrupts back.
    /// </summary>
    public bool E1000HasMitigation { get; init; }

    /// <summary>The path or name of the chosen program; it need not exist.</summary>
    public static string Choice
        => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? Located(chosen) : Name;

    /// <summary>The chosen one, asked once for what it is.</summary>
    /// <exception cref="RingOsException">There is no such program, or it is no QEMU.</exception>
    public static Qemu Chosen => Of(Choice);

    /// <summary>
    /// For checks before anything is installed: <see cref="Chosen"/>, or, where the usual program is still to be installed, one that can do all.
    /// </summary>
    /// <exception cref="RingOsException">As <see cref="Chosen"/>.</exception>
    public static Qemu Expected
        => Choice == Name && ExternalTool.Find(Name) is null ? new Qemu(Name, new Version(0, 0)) { E1000HasMitigation = true } : Chosen;

    /// <summary>What a program is; each is asked once.</summary>
    /// <param name="program">A path, or a name on PATH.</param>
    /// <exception cref="RingOsException">There is no such program, or it is no QEMU.</exception>
    public static Qemu Of(string program) => s_known.GetOrAdd(program, Ask);

    /// <summary>From now on this program boots the machines.</summary>
    /// <param name="program">A path, or a name on PATH.</param>
    public static void Choose(string program)
    {
        if (program.Length == 0)
            throw new RingOsException("--qemu names no program; give the path of a qemu-system-x86_64", exitCode: 2);
        Environment.SetEnvironmentVariable(Variable, Located(program));
    }

    // Machines and tests start in folders of their own.
    private static string Located(string program) => program.Contains('/') ? Path.GetFullPath(program) : program;

    private static Qemu Ask(string program)
    {
        if (ExternalTool.Find(program) is null)
            throw new RingOsException(program == Name
                ? $"{Name} is not installed; see what is needed with: ./ringos doctor"
                : $"{program} is no program; --qemu and {Variable} name the qemu-system-x86_64 to boot with", exitCode: 2);
        string said = Output(program, "--version");
        if (!said.StartsWith("QEMU emulator version ", StringComparison.Ordinal) || FoundTool.FindVersion(said) is not { } number)
            throw new RingOsException($"{program} does not say its version as QEMU does; name a qemu-system-x86_64", exitCode: 2);
        return new Qemu(program, Version.Parse(number))
        {
            E1000HasMitigation = Output(program, "-device", "e1000,help").Contains(MitigationProperty, StringComparison.Ordinal),
        };
    }

    // Synchronous: it takes a few hundredths of a second, once, and command lines are put together synchronously.
    private static string Output(string program, params string[] arguments)
    {
        try
        {
            return ExternalTool.RunAsync(program, arguments, CancellationToken.None).GetAwaiter().GetResult().Output;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new RingOsException($"{program} cannot be run: {failure.Message}", exitCode: 2);
        }
    }
}
