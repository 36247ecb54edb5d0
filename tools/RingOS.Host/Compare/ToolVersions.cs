// The versions a comparison was made with: figures without them cannot be repeated. Next: ComparisonJson.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;

namespace RingOS.Host.Compare;

/// <summary>Collects versions.</summary>
public static class ToolVersions
{
    /// <summary>The tools that make and run the images, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> CollectAsync(CancellationToken cancellation)
    {
        Dictionary<string, string> versions = new()
        {
            ["os"] = RuntimeInformation.OSDescription,
            ["dotnet"] = Environment.Version.ToString(),
            ["ilc"] = IlcVersion(),
        };
        foreach (FoundTool found in await FoundTool.LookForAsync(ToolUse.Build | ToolUse.Boot, cancellation))
        {
            if (found.VersionText is not null)
                versions[found.Tool.Name == "dotnet" ? "sdk" : found.Tool.Name] = found.VersionText;
        }
        return versions;
    }

    private static string IlcVersion()
    {
        string file = Path.Combine(Repository.Root, "Directory.Packages.props");
        return File.Exists(file) ? XDocument.Load(file).Descendants("IlcVersion").FirstOrDefault()?.Value ?? "unknown" : "unknown";
    }
}
