// A CD image for one run: two runs at once have one each. Back to: RunCommand.cs
using System;
using System.IO;

namespace RingOS.Cli;

/// <summary>A place for an image, gone with this object.</summary>
internal sealed class TemporaryImage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ringos-run-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "run.iso");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
