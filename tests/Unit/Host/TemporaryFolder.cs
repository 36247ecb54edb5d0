// A folder of a test's own, gone when the test is. Back to: TinyGuest.cs
using System;
using System.IO;

namespace RingOS.Tests.Unit.Host;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("ringos-test-").FullName;

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Names of what is in it.</summary>
    public string[] Entries => Array.ConvertAll(Directory.GetFileSystemEntries(_path), static entry => Path.GetFileName(entry)!);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
