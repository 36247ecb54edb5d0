// Puts the kernel's command line together. Form: RingOS.Abi.BootProtocol. Next: Images.cs
using System;
using System.Collections.Generic;
using System.Linq;
using RingOS.Host.Machines;

namespace RingOS.Host.Boot;

/// <summary>The kernel command line: <c>placement=ring3 nic=e1000 -- program arguments</c>.</summary>
public static class KernelCommandLine
{
    /// <summary>Without a NIC, but with the echo service as the peer that the program <c>primitives</c> calls.</summary>
    /// <param name="peerDomain">A word of <c>peer-domain=</c>; null for an address space of its own.</param>
    /// <param name="arguments">The program's, after a blank each.</param>
    public static string Primitives(string? peerDomain, string arguments)
        => $"placement=none peer=echo{(peerDomain is null ? "" : $" peer-domain={peerDomain}")} -- primitives{arguments}";

    /// <summary>The kernel's own words of a command line: those before "--".</summary>
    public static IEnumerable<string> Options(string commandLine)
        => commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeWhile(static word => word != "--");

    /// <param name="placement">A word such as "ring3".</param>
    /// <param name="nic">A word such as "e1000".</param>
    /// <param name="app">The program and its arguments.</param>
    /// <exception cref="RingOsException">The program's command line cannot be passed on.</exception>
    public static string Format(string placement, string nic, string app) => Format(placement, nic, app, Dials.Headline);

    /// <param name="placement">A word such as "ring3".</param>
    /// <param name="nic">A word such as "e1000".</param>
    /// <param name="app">The program and its arguments.</param>
    /// <param name="dials">Only what differs from the kernel's defaults is said.</param>
    /// <exception cref="RingOsException">The program's command line cannot be passed on.</exception>
    public static string Format(string placement, string nic, string app, Dials dials)
        => Format(placement, NicModel.Named(nic), NicModel.DefaultWindow, app, dials);

    /// <param name="placement">A word such as "ring3".</param>
    /// <param name="nic">The NIC.</param>
    /// <param name="window">A word of its <see cref="NicModel.Windows"/>.</param>
    /// <param name="app">The program and its arguments.</param>
    /// <param name="dials">Only what differs from the kernel's defaults is said.</param>
    /// <exception cref="RingOsException">The program's command line cannot be passed on, or the NIC has no such window.</exception>
    public static string Format(string placement, NicModel nic, string window, string app, Dials dials)
    {
        if (app.Any(static letter => letter is < ' ' or > '~'))
            throw new RingOsException("the app's command line may hold printable ASCII only", exitCode: 2);
        string[] program = app.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] words = [$"placement={placement}", nic.Words(window), .. dials.Words, "--", .. program];
        return string.Join(' ', words);
    }
}
