// Where things are: the repository's root and what is built below it. Next: FileKind.cs
using System;
using System.IO;
using System.Linq;

namespace RingOS.Host;

/// <summary>The checked-out repository this tool belongs to.</summary>
public static class Repository
{
    private static readonly string[] s_marks = ["ringos", "Directory.Packages.props"];
    private static readonly Lazy<string> s_root = new(FindRoot);

    /// <summary>The folder that holds the <c>ringos</c> launcher; the environment variable RINGOS_ROOT overrides the search.</summary>
    public static string Root => s_root.Value;

    /// <summary>Everything generated, ours and MSBuild's.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The boot archive, images and traces.</summary>
    public static string BootFolder => Path.Combine(Artifacts, "boot");

    /// <summary>Rolling JSON logs.</summary>
    public static string LogFolder => Path.Combine(Artifacts, "logs");

    /// <summary>Test results.</summary>
    public static string TestFolder => Path.Combine(Artifacts, "tests");

    public static string Solution => Path.Combine(Root, "RingOS.sln");

    /// <summary>A file a project builds: <c>artifacts/bin/PROJECT/release/FILE</c>.</summary>
    public static string Built(string project, string file) => Path.Combine(Artifacts, "bin", project, "release", file);

    /// <summary>A path for the user's eyes: relative to the working directory where that is shorter.</summary>
    public static string Display(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.Length < path.Length ? relative : path;
    }

    private static string FindRoot()
    {
        string? given = Environment.GetEnvironmentVariable("RINGOS_ROOT");
        if (!string.IsNullOrEmpty(given))
            return Path.GetFullPath(given);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (s_marks.All(mark => File.Exists(Path.Combine(folder.FullName, mark))))
                return folder.FullName;
        }
        throw new RingOsException("this tool is not inside a RingOS repository; start it with the ringos launcher at the repository's top");
    }
}
