// A shell script in QEMU's place, for what QEMU does on other machines. Back to: CommandTests.cs
using System;
using System.IO;
using RingOS.Host.Machines;

namespace RingOS.Tests.System;

/// <summary>A program that says it is QEMU; gone when disposed.</summary>
internal sealed class StandInQemu : IDisposable
{
    private const string Introduction = "#!/bin/sh\ncase \"$*\" in\n--version) echo 'QEMU emulator version 7.2.22'; exit ;;\n'-device e1000,help') exit ;;\nesac\n";

    // TCG under KVM's name, and a processor that it can make.
    private const string Translate = "for word; do shift; case \"$word\" in kvm) word=tcg ;; host) word=max ;; esac; set -- \"$@\" \"$word\"; done\nexec "
        + Qemu.Name + " \"$@\"\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ringos-qemu-").FullName;

    /// <param name="script">What it does instead of booting.</param>
    public StandInQemu(string script)
    {
        File.WriteAllText(Path, Introduction + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A QEMU whose KVM works, whatever this machine has.</summary>
    public static StandInQemu WithKvm() => new(Translate);

    public string Path => global::System.IO.Path.Combine(_folder, "qemu");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
