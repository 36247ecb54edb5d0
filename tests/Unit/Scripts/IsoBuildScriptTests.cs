// iso-build.ps1 hands its parameters to ./ringos iso and gives back what that says. Subject: iso-build.ps1
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using RingOS.Tests.Unit.Architecture;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.Scripts;

/// <summary>Runs copies of the script beside a stand-in for the launcher.</summary>
public sealed class IsoBuildScriptTests : IDisposable
{
    private const string EchoArguments = "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\n";
    private const string Refuse = "#!/bin/sh\necho \"ringos: unknown placement '$3'\" >&2\nexit 2\n";

    private static readonly string s_script = Path.Combine(SourceTree.Root, "iso-build.ps1");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PassesPlacementAndOutput()
    {
        string output = _folder["two words.iso"];
        PowerShellResult result = PowerShellScript.Run(CopyBeside(EchoArguments), ("Placement", "microkernel"), ("Output", output));
        Assert.Equal(["[iso]", "[--placement]", "[microkernel]", "[--output]", $"[{output}]"], result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void BuildsRing3ByDefaultAndLeavesTheFileToTheLauncher()
    {
        PowerShellResult result = PowerShellScript.Run(CopyBeside(EchoArguments));
        Assert.Equal(["[iso]", "[--placement]", "[ring3]"], result.Output);
    }

    [Fact]
    public void PassesOnTheExitCodeAndTheOneLineOfAFailure()
    {
        PowerShellResult result = PowerShellScript.Run(CopyBeside(Refuse), ("Placement", "ring9"));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(["ringos: unknown placement 'ring9'"], result.Errors);
    }

    [Fact]
    public void SaysThatTheLauncherIsMissing()
    {
        string script = _folder["iso-build.ps1"];
        File.Copy(s_script, script);
        RuntimeException failure = Assert.ThrowsAny<RuntimeException>(() => PowerShellScript.Run(script));
        Assert.Contains("beside the ringos launcher", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UsesNoCmdlets()
    {
        ScriptBlockAst script = Parser.ParseFile(s_script, out _, out ParseError[] errors);
        Assert.Empty(errors);
        IEnumerable<Ast> commands = script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true);
        Assert.All(commands, static command => Assert.Null(((CommandAst)command).GetCommandName())); // the one program is in a variable
    }

    [Fact]
    public void NamesOptionsThatTheIsoCommandHas()
    {
        string command = File.ReadAllText(Path.Combine(SourceTree.Root, "tools", "RingOS.Cli", "IsoCommand.cs"))
            + File.ReadAllText(Path.Combine(SourceTree.Root, "tools", "RingOS.Cli", "SharedOptions.cs"));
        Assert.All(["\"iso\"", "\"--placement\"", "\"--output\""], option => Assert.Contains(option, command, StringComparison.Ordinal));
    }

    private string CopyBeside(string launcher)
    {
        string script = _folder["iso-build.ps1"];
        File.Copy(s_script, script);
        string path = _folder["ringos"];
        File.WriteAllText(path, launcher);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }
}
