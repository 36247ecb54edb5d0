// The ISO boots through GRUB to userland, whoever built it: our own command, or the real iso-build.ps1.
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Tests.Unit.Scripts;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Boots from CD.</summary>
public sealed class IsoTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    [Theory]
    [InlineData(MachineType.Q35, Firmware.Bios, IsoMedium.Cd)]
    [InlineData(MachineType.Pc, Firmware.Bios, IsoMedium.Cd)]
    [InlineData(MachineType.Q35, Firmware.Bios, IsoMedium.UsbStick)]
    [InlineData(MachineType.Q35, Firmware.Uefi, IsoMedium.Cd)]
    [InlineData(MachineType.Q35, Firmware.Uefi, IsoMedium.UsbStick)]
    public async Task AnIsoReachesUserland(MachineType machine, Firmware firmware, IsoMedium medium)
    {
        string iso = NewFile();
        try
        {
            await IsoImage.WriteAsync(iso, Images.Kernel, fixture.Archive, "placement=ring3 -- ping -c 1 10.0.2.2", CancellationToken.None);

            GuestRun run = await BootAsync(new MachineOptions { Iso = iso, Type = machine, Firmware = firmware, IsoMedium = medium });

            run.EnsureSuccess("ISO");
            Assert.Contains("1 received", run.Output);
        }
        finally
        {
            File.Delete(iso);
        }
    }

    [Fact]
    public async Task ThePowerShellScriptBuildsABootableIso()
    {
        string iso = NewFile();
        try
        {
            PowerShellResult script = PowerShellScript.Run(
                Path.Combine(Repository.Root, "iso-build.ps1"), ("Placement", "microkernel"), ("Output", iso));
            Assert.True(script.ExitCode == 0, string.Join('\n', script.Errors));

            GuestRun run = await BootAsync(new MachineOptions { Iso = iso });

            run.EnsureSuccess("ISO of iso-build.ps1");
            Assert.Contains("Hello from ring 3!", run.Output);
            Assert.Contains(run.Events, static happened => happened.RenderMessage().Contains("microkernel"));
        }
        finally
        {
            File.Delete(iso);
        }
    }

    private static string NewFile() => Path.Combine(Path.GetTempPath(), $"ringos-{Guid.NewGuid():N}.iso");

    private static Task<GuestRun> BootAsync(MachineOptions machine) => Machine.RunAsync(machine with { Deadline = TimeSpan.FromMinutes(5) });
}
