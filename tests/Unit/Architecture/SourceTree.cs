// The repository as the architecture tests see it: sources, and what the build made of them. Next: ReferenceTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit.Sdk;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Finds files of the repository this test belongs to.</summary>
internal static class SourceTree
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    /// <summary>The folder of RingOS.sln.</summary>
    public static string Root => s_root.Value;

    /// <summary>A file the build left in a project's output folder.</summary>
    public static string Built(string project, string file)
    {
        string path = Path.Combine(Root, "artifacts", "bin", project, "release", file);
        return File.Exists(path) ? path : throw new XunitException($"{path} is missing; build it first: ./ringos build");
    }

    /// <summary>A project's own assembly.</summary>
    public static string Assembly(string project) => Built(project, project + ".dll");

    /// <summary>Source files below folders of the repository, as paths relative to it, with '/'.</summary>
    public static IEnumerable<string> Files(string pattern, params string[] folders)
        => folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories))
            .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RingOS.sln")))
                return folder.FullName;
        }
        throw new XunitException($"no RingOS.sln above {AppContext.BaseDirectory}: run the tests from the repository's artifacts folder");
    }
}
