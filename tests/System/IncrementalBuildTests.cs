// A build without changes runs no ilc, nasm or link.
using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Builds again what is built.</summary>
public sealed class IncrementalBuildTests
{
    [Theory]
    [InlineData("kernel/kits/Native/full", "RingOS.Kernel.Native")]
    [InlineData("userland/apps/hello", "RingOS.Hello")]
    public async Task ABuildWithoutChangesRunsNoNativeTool(string folder, string project)
    {
        DateTime[] before = NativeFiles(project);
        Assert.True(before.Length >= 4, "object files and the image should be there");

        ToolResult build = await ExternalTool.RunAsync(
            "dotnet", ["build", Path.Combine(Repository.Root, folder), "-c", "Release", "--no-restore", "-nologo", "-v", "q"], CancellationToken.None);

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Equal(before, NativeFiles(project));
    }

    private static DateTime[] NativeFiles(string project)
        => [.. Directory.GetFiles(Path.Combine(Repository.Artifacts, "obj", project, "release"), "*.o").Order()
            .Append(Repository.Built(project, project + ".elf")).Select(File.GetLastWriteTimeUtc)];
}
