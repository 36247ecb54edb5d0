// The console in a service's grant: a handle to write to, and the call that does. Back to: NicHardware.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>
/// Services say there why they end. Under <c>console=programs</c> they have none: what is on the console then is the programs' and the kernel's
/// word alone.
/// </summary>
internal static class ServiceConsole
{
    /// <summary>The calls of a service, and Write where it has a console.</summary>
    public static SyscallSet Extend(Nucleus nucleus, SyscallSet calls) => IsGranted(nucleus) ? calls.With(SyscallNumber.Write) : calls;

    /// <summary>Puts the console into a service's handles, if it has one.</summary>
    public static void GiveTo(Nucleus nucleus, Process service)
    {
        if (IsGranted(nucleus))
            _ = service.Handles.Set(WellKnownHandle.StandardOutput, nucleus.Devices.Console, HandleRights.Write, badge: 0); // the number is free
    }

    private static bool IsGranted(Nucleus nucleus) => !nucleus.CommandLine.Value("console"u8).SequenceEqual("programs"u8);
}
