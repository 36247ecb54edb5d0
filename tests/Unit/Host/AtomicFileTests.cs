// A file is whole or not there. Code: tools/RingOS.Host/AtomicFile.cs
using System;
using System.IO;
using RingOS.Host;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class AtomicFileTests
{
    [Fact]
    public void AFailedWriterLeavesTheOldFileAndNothingElse()
    {
        using TemporaryFolder folder = new();
        AtomicFile.WriteAllText(folder["a"], "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Entries);
        AtomicFile.WriteAllText(folder["a"], "new");
        Assert.Equal("new", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.Entries);
    }

    [Fact]
    public void FoldersAreMadeAndImpossiblePlacesAreRefused()
    {
        using TemporaryFolder folder = new();
        AtomicFile.WriteAllText(Path.Combine(folder["x"], "y", "z"), "1");
        Assert.True(File.Exists(Path.Combine(folder["x"], "y", "z")));
        Assert.Throws<RingOsException>(() => AtomicFile.WriteAllText(folder["x"], "a folder is there"));
        Assert.Throws<RingOsException>(() => AtomicFile.WriteAllText(Path.Combine(folder["x"], "y", "z", "below a file"), ""));
    }
}
