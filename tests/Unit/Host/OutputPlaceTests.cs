// Results go where the user says: files, links, devices, FIFOs; and impossible places are told. Code: tools/RingOS.Host/AtomicFile.cs
using System;
using System.IO;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using Xunit;

namespace RingOS.Tests.Unit.Host;

[SupportedOSPlatform("linux")]
public sealed class OutputPlaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ADeviceIsWrittenToAndStays()
    {
        File.CreateSymbolicLink(_folder["null"], "/dev/null");
        AtomicFile.Check(_folder["null"]);
        AtomicFile.WriteAllText(_folder["null"], "text");
        Assert.Equal("/dev/null", File.ResolveLinkTarget(_folder["null"], returnFinalTarget: true)!.FullName);
        Assert.Equal(FileKind.Stream, FileKinds.Of("/dev/null"));
        Assert.Equal(["null"], _folder.Entries);
    }

    // A link to a device is replaced no more than the device.
    [Fact]
    public void AFullDeviceIsTold()
    {
        File.CreateSymbolicLink(_folder["full"], "/dev/full");
        RingOsException told = Assert.Throws<RingOsException>(() => AtomicFile.WriteAllText(_folder["full"], "text"));
        Assert.Contains("No space left on device", told.Message);
        Assert.Equal(FileKind.Stream, FileKinds.Of(_folder["full"]));
    }

    [Fact]
    public async Task AFifosReaderGetsAllOfIt()
    {
        await ExternalTool.RunAsync("mkfifo", [_folder["fifo"]], CancellationToken.None);
        AtomicFile.Check(_folder["fifo"]);
        Task<string> reading = Task.Run(() => File.ReadAllText(_folder["fifo"])); // either end waits for the other
        await Task.Run(() => AtomicFile.WriteAllText(_folder["fifo"], new string('x', 200_000)));
        Assert.Equal(200_000, (await reading).Length);
        Assert.Equal(FileKind.Stream, FileKinds.Of(_folder["fifo"]));
        Assert.Equal(["fifo"], _folder.Entries);
    }

    [Fact]
    public void LinksAreFollowed()
    {
        File.WriteAllText(_folder["file"], "old");
        File.CreateSymbolicLink(_folder["link"], "file");
        File.CreateSymbolicLink(_folder["dangling"], _folder["new"]);
        AtomicFile.WriteAllText(_folder["link"], "1");
        AtomicFile.WriteAllText(_folder["dangling"], "2");
        Assert.Equal(("1", "2"), (File.ReadAllText(_folder["file"]), File.ReadAllText(_folder["new"])));
        Assert.NotNull(new FileInfo(_folder["link"]).LinkTarget);
        Assert.NotNull(new FileInfo(_folder["dangling"]).LinkTarget);
    }

    [Fact]
    public void TheModeOfWhatWasThereStays()
    {
        File.WriteAllText(_folder["file"], "old");
        File.SetUnixFileMode(_folder["file"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.WriteAllText(_folder["file"], "new");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["file"]));
    }

    [Fact]
    public void ImpossiblePlacesAreToldBeforeTheWork()
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket"]));
        File.CreateSymbolicLink(_folder["loop"], "loop");
        Directory.CreateDirectory(_folder["folder"]);
        foreach (string place in new[] { _folder["socket"], _folder["loop"], _folder["folder"], "/proc/nowhere/file", "/proc/file", "/dev/null/file" })
            Assert.Throws<RingOsException>(() => AtomicFile.Check(place));
    }

    [Fact]
    public void AFullDiskKeepsWhatWasThere()
    {
        File.WriteAllText(_folder["file"], "old");
        Assert.Throws<RingOsException>(() => AtomicFile.Write(_folder["file"], stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left on device");
        }));
        Assert.Equal("old", File.ReadAllText(_folder["file"]));
        Assert.Equal(["file"], _folder.Entries);
    }

    [Fact]
    public async Task AToolsFileReachesADeviceToo()
    {
        await AtomicFile.WriteAsync("/dev/null", static path => File.WriteAllTextAsync(path, "image"));
        Assert.Equal(FileKind.Stream, FileKinds.Of("/dev/null"));
        await Assert.ThrowsAsync<RingOsException>(() => AtomicFile.WriteAsync("/dev/full", static path => File.WriteAllTextAsync(path, "image")));
        await AtomicFile.WriteAsync(_folder["made"], static path => File.WriteAllTextAsync(path, "image"));
        Assert.Equal("image", File.ReadAllText(_folder["made"]));
    }
}
