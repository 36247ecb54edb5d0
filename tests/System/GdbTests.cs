// gdb stops in C#, in the kernel, and shows how it came there: what a student does first when something goes wrong.
using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Debian's gdb attached to QEMU.</summary>
public sealed class GdbTests(SystemFixture fixture) : IClassFixture<SystemFixture>
{
    [Fact]
    public async Task GdbStopsInTheWriteSyscallAndNamesFileAndCallers()
    {
        int port = FreePort();
        Task<GuestRun> guest = Machine.RunAsync(new MachineOptions
        {
            Kernel = Images.Kernel,
            Archive = fixture.Archive,
            CommandLine = "placement=none -- hello",
            GdbPort = port,
            Deadline = TimeSpan.FromSeconds(120),
        });

        ToolResult gdb = await ExternalTool.RunAsync(
            "gdb",
            [
                "-batch", "-nx", Images.Kernel,
                "-ex", "set tcp auto-retry on", "-ex", $"target remote 127.0.0.1:{port}",
                "-ex", "break *RingOS_Kernel_RingOS_Kernel_Syscalls_Write__Handle", "-ex", "continue", "-ex", "backtrace",
                "-ex", "delete", "-ex", "detach",
            ],
            CancellationToken.None);

        (await guest).EnsureSuccess("hello under gdb");
        Assert.Contains("Breakpoint 1, ", gdb.Output);
        Assert.Contains("kernel/syscalls/Write.cs:", gdb.Output);
        Assert.Contains("syscall_entry", gdb.Output);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
