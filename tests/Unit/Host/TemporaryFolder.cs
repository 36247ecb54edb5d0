// A folder of a test's own, gone when the test is. Back to: TinyGuest.cs
using System;
using System.IO;

namespace RingOS.Tests.Unit.Host;

internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("ringos-test-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Names of what is in it.</summary>
    public string[] Entries => Array.ConvertAll(Directory.GetFileSystemEntries(Root), static entry => Path.GetFileName(entry)!);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
