// Compiles a driver's source as the build compiles drivers, to see whether the compiler takes it. build/Freestanding.props. Next: FaultLaboratory.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Faults;

/// <summary>An error of the C# compiler.</summary>
/// <param name="File">Source file, without its folder.</param>
/// <param name="Code">"CS0227".</param>
/// <param name="Message">The rest of the line.</param>
public sealed record CompilerError(string File, string Code, string Message);

/// <summary>The C# compiler of the SDK, run with a driver's references and options.</summary>
public static partial class DriverCompiler
{
    private static readonly string[] s_libraries = ["RingOS.CoreLib", "RingOS.Abi", "RingOS.Hardware"];

    /// <summary>What drivers cannot write, a file a way of trying.</summary>
    public static string RefusedFolder => Path.Combine(Repository.Root, "tests", "Refused", "ByCompiler");

    /// <summary>Compiles against the reference assemblies that drivers see, without <c>unsafe</c>.</summary>
    /// <param name="sources">Source files.</param>
    /// <param name="output">Where the assembly goes, if it becomes one.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    /// <returns>The errors; none if the compiler took it.</returns>
    /// <exception cref="RingOsException">The compiler, or a library that drivers reference, is missing.</exception>
    public static Task<IReadOnlyList<CompilerError>> CompileAsync(IEnumerable<string> sources, string output, CancellationToken cancellation)
        => CompileAsync(sources, output, SafeLibraries, [], cancellation);

    /// <summary>The same with every liberty: against the full libraries, with <c>unsafe</c>.</summary>
    public static Task<IReadOnlyList<CompilerError>> CompileUnwalledAsync(
        IEnumerable<string> sources, string output, CancellationToken cancellation)
        => CompileAsync(sources, output, FullLibraries, ["-unsafe"], cancellation);

    /// <summary>The reference assemblies that drivers are compiled against.</summary>
    public static IReadOnlyList<string> SafeLibraries => [.. s_libraries.Select(static name => Repository.Built(name + ".Safe", name + ".dll"))];

    /// <summary>The libraries that images link, in the same order.</summary>
    public static IReadOnlyList<string> FullLibraries => [.. s_libraries.Select(static name => Repository.Built(name, name + ".dll"))];

    private static async Task<IReadOnlyList<CompilerError>> CompileAsync(
        IEnumerable<string> sources, string output, IReadOnlyList<string> references, string[] options, CancellationToken cancellation)
    {
        if (references.FirstOrDefault(static reference => !File.Exists(reference)) is string missing)
            throw new RingOsException($"{Repository.Display(missing)} has not been built; build it with: ./ringos build");
        IEnumerable<string> arguments =
        [
            await FindCompilerAsync(cancellation), "-noconfig", "-nostdlib", "-nologo", "-target:library", "-langversion:14", "-optimize",
            "-runtimemetadataversion:v4.0.30319", $"-out:{output}",
            .. options, .. references.Select(static reference => $"-r:{reference}"), .. sources,
        ];
        ToolResult result = await ExternalTool.RunAsync("dotnet", arguments, cancellation);
        List<CompilerError> errors = [.. ErrorLine().Matches(result.Output).Select(ErrorOf)];
        if ((result.ExitCode == 0) != (errors.Count == 0))
            throw new RingOsException($"the C# compiler failed without an error message; it said\n{result.Output}");
        return errors;
    }

    // `dotnet --list-sdks` says "10.0.100 [/usr/share/dotnet/sdk]"; the one in use, `dotnet --version`, is among them.
    private static async Task<string> FindCompilerAsync(CancellationToken cancellation)
    {
        string version = (await ExternalTool.RunAsync("dotnet", ["--version"], cancellation)).Output.Trim();
        string sdks = (await ExternalTool.RunAsync("dotnet", ["--list-sdks"], cancellation)).Output;
        string? line = Array.Find(sdks.Split('\n'), line => line.StartsWith(version + " [", StringComparison.Ordinal));
        string folder = line is null ? "" : line[(version.Length + 2)..].TrimEnd(']', '\r', ' ');
        string compiler = Path.Combine(folder, version, "Roslyn", "bincore", "csc.dll");
        return File.Exists(compiler)
            ? compiler
            : throw new RingOsException($"the C# compiler is not in the .NET SDK {version}; install the SDK anew");
    }

    private static CompilerError ErrorOf(Match match)
        => new(Path.GetFileName(match.Groups["file"].Value), match.Groups["code"].Value, match.Groups["message"].Value.Trim());

    [GeneratedRegex(@"^(?<file>[^\n(]*)(\([\d,]+\))?: error (?<code>CS\d+): (?<message>[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
