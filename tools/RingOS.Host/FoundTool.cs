// A prerequisite as found on this machine: missing, too old, or good. Next: PackageInstaller.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host;

/// <summary>A prerequisite as found on this machine.</summary>
/// <param name="Tool">What was looked for.</param>
/// <param name="Path">Where it is; null if it is missing.</param>
/// <param name="VersionText">The version as it prints it, such as 2.06; null if it does not say.</param>
public sealed partial record FoundTool(RequiredTool Tool, string? Path, string? VersionText)
{
    /// <summary>The same as numbers; null if it does not say.</summary>
    public Version? Version { get; } = VersionText is null ? null : Version.Parse(VersionText);

    public bool IsMissing => Path is null;

    public bool IsTooOld => Tool.Needed is not null && Version is not null && Version < Tool.Needed;

    /// <summary>Present, but its version could not be read although one is needed.</summary>
    public bool IsUnknown => !IsMissing && Tool.Needed is not null && Version is null;

    public bool IsGood => !IsMissing && !IsTooOld && !IsUnknown;

    /// <summary>Looks for a tool and asks its version.</summary>
    public static async Task<FoundTool> LookAsync(RequiredTool tool, CancellationToken cancellation)
    {
        string? path = ExternalTool.Find(tool.Program);
        if (path is null || tool.VersionArgument is null)
            return new FoundTool(tool, path, null);
        ToolResult said = await ExternalTool.RunAsync(path, [tool.VersionArgument], cancellation);
        return new FoundTool(tool, path, FindVersion(said.Output));
    }

    /// <summary>Looks for all tools that have one of the given uses.</summary>
    public static async Task<IReadOnlyList<FoundTool>> LookForAsync(ToolUse uses, CancellationToken cancellation)
        => await Task.WhenAll(RequiredTool.All.Where(tool => (tool.Uses & uses) != 0).Select(tool => LookAsync(tool, cancellation)));

    /// <summary>Sees to it that all tools of the given uses are there: what is missing is installed by apt, as root or through sudo.</summary>
    /// <exception cref="RingOsException">Something is missing or too old; one line names it all and the command that brings it.</exception>
    public static async Task RequireAsync(ToolUse uses, CancellationToken cancellation)
    {
        IReadOnlyList<FoundTool> found = await LookForAsync(uses, cancellation);
        if (found.Any(static tool => tool is { IsMissing: true, Tool.IsInstallable: false }))
            throw new RingOsException(Refusal(found)!); // nothing is installed for a command that cannot run
        if (await PackageInstaller.InstallAsync(MissingPackages(found), cancellation))
            found = await LookForAsync(uses, cancellation);
        if (Refusal(found) is string refusal)
            throw new RingOsException(refusal);
    }

    /// <summary>The packages that bring what is missing, each once.</summary>
    public static IReadOnlyList<string> MissingPackages(IEnumerable<FoundTool> found)
        => [.. found.Where(static tool => tool is { IsMissing: true, Tool.IsInstallable: true }).Select(static tool => tool.Tool.Package).Distinct()];

    /// <summary>One line about everything that is not good; null if all is.</summary>
    public static string? Refusal(IEnumerable<FoundTool> found)
    {
        List<FoundTool> bad = [.. found.Where(static tool => !tool.IsGood)];
        if (bad.Count == 0)
            return null;
        string[] packages = [.. bad.Where(static tool => tool.Tool.IsInstallable).Select(static tool => tool.Tool.Package).Distinct()];
        IEnumerable<string> fixes = bad.Where(static tool => !tool.Tool.IsInstallable).Select(static tool => tool.Tool.Fix);
        if (packages.Length > 0)
            fixes = fixes.Append($"sudo apt install {string.Join(' ', packages)}");
        return $"{string.Join(", ", bad.Select(static tool => tool.Complaint))}: {string.Join("; ", fixes)}";
    }

    /// <summary>The first dotted number of a program's version text; null if there is none.</summary>
    public static string? FindVersion(string text)
    {
        Match match = DottedNumber().Match(text);
        return match.Success ? match.Value : null;
    }

    private string Complaint
        => IsMissing ? $"{Tool.Title} is missing"
            : IsTooOld ? $"{Tool.Title} {VersionText} is too old ({Tool.Needed} or later is needed)"
            : $"{Tool.Title} does not say its version ({Tool.Needed} or later is needed)";

    [GeneratedRegex(@"\d{1,9}\.\d{1,9}(\.\d{1,9})?")]
    private static partial Regex DottedNumber();
}
