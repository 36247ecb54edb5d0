// The launcher before .NET runs: what stands in the way is told in one line. Subject: ringos
using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.Scripts;

/// <summary>Runs copies of the launcher beside a stand-in for the SDK.</summary>
public sealed class LauncherTests : IDisposable
{
    private const string Sdk = "#!/bin/sh\ncase \"$1\" in --list-sdks) echo '10.0.401 [/sdk]';; build) exit 0;; *) shift; printf '[%s]' \"$@\";; esac\n";

    private readonly TemporaryFolder _checkout = new();
    private readonly TemporaryFolder _path = new();

    public void Dispose()
    {
        _checkout.Dispose();
        _path.Dispose();
    }

    [Fact]
    public async Task ArgumentsReachTheToolAsTheyAre()
    {
        Write(_path["dotnet"], Sdk);
        ToolResult result = await LaunchAsync(_checkout.Root);
        Assert.Equal((0, "[run][--app][iperf -c 10.0.2.2]\n"), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData("#!/bin/sh\necho '9.0.100 [/sdk]'\n")]
    [InlineData("#!/bin/sh\nexit 1\n")]
    public async Task WithoutTheSdkItSaysWhereToGetIt(string sdk)
    {
        Write(_path["dotnet"], sdk);
        await FailsAsync(_checkout.Root, "the .NET SDK 10 is missing");
    }

    [Theory]
    [InlineData("a;b", ";")]
    [InlineData("50%", "%")]
    [InlineData("a$b", "$")]
    [InlineData("a\"b", "\"")]
    [InlineData("a\\b", "\\")]
    [InlineData("it's", "'")] // ends the text of an item's transform
    public async Task ACharacterThatTheBuildCannotTakeIsNamed(string folder, string character)
    {
        Write(_path["dotnet"], Sdk);
        await FailsAsync(Path.Combine(_checkout.Root, folder), $"has the character {character} in it");
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("one, two")]
    [InlineData("b\u00FCro (1)")]
    public async Task OtherPathsAreFine(string folder)
    {
        Write(_path["dotnet"], Sdk);
        Assert.Equal(0, (await LaunchAsync(Path.Combine(_checkout.Root, folder))).ExitCode);
    }

    [Fact]
    public async Task APlaceThatCannotBeWrittenIsNamed()
    {
        Write(_path["dotnet"], Sdk);
        await File.WriteAllTextAsync(_checkout["artifacts"], "in the way");
        await FailsAsync(_checkout.Root, "cannot be written");
    }

    private async Task FailsAsync(string checkout, string words)
    {
        ToolResult result = await LaunchAsync(checkout);
        Assert.Equal(1, result.ExitCode);
        string line = Assert.Single(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("ringos: ", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
    }

    private Task<ToolResult> LaunchAsync(string checkout)
    {
        foreach (string folder in new[] { "tools", "lib/Abi", "build" })
            Directory.CreateDirectory(Path.Combine(checkout, folder));
        string launcher = Path.Combine(checkout, "ringos");
        Write(launcher, File.ReadAllText(Path.Combine(Repository.Root, "ringos")));
        string path = $"{_path.Root}:{Environment.GetEnvironmentVariable("PATH")}";
        return ExternalTool.RunAsync(launcher, ["run", "--app", "iperf -c 10.0.2.2"], CancellationToken.None,
            environment: new Dictionary<string, string?> { ["PATH"] = path });
    }

    private static void Write(string path, string script)
    {
        File.WriteAllText(path, script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
