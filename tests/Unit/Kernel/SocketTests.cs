// What programs see of sockets, whatever the stack below answers. Subjects: kernel/sockets/Socket.cs, SocketPool.cs.
// Next: SocketOutcomeTests.cs
using System;
using System.Linq;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class SocketTests : IDisposable
{
    private const ulong Second = 1_000_000_000;
    private const ulong Peer = 0x1389_0A00_0202;

    private readonly FakeCpu _cpu = new();
    private readonly Machine _machine = new(threads: 2);
    private readonly FakeSocketLayer _layer = new();
    private readonly UserBuffer _buffer = new(4096);
    private readonly SocketPool _pool;
    private readonly Socket _socket;

    public SocketTests()
    {
        _pool = new SocketPool(_layer, new UserMemory(_machine.Counters), _machine.Scheduler);
        _layer.WhenWaiting = deadline => _machine.Processor.Time = Math.Max(deadline, _machine.Now);
        _socket = Open();
        _layer.Calls.Clear();
    }

    public void Dispose()
    {
        _machine.Dispose();
        _layer.Dispose();
        _buffer.Dispose();
        _cpu.Dispose();
    }

    [Fact]
    public void WriteCopiesOnceIntoThePacketInHand()
    {
        "hello"u8.CopyTo(_buffer.Bytes);
        _layer.NextPacket = 2;
        Assert.Equal(5, _socket.Write(_machine.Boot, _buffer.Address, 5));
        Assert.Equal(5, _socket.Send(_buffer.Address, 5, Peer));
        Assert.Equal(["send 5 1 5 0", "send 5 2 5 13890a000202"], _layer.Calls);
        Assert.Equal("hello"u8.ToArray(), _layer.Sent[1]);
        Assert.Equal(10ul, _machine.Counters.CopiedBytes);
    }

    [Theory]
    [InlineData(0ul, 0)]
    [InlineData(1480ul, 1480)] // a ping; for a datagram it is the stack that refuses
    [InlineData(1481ul, -(int)Status.MessageTooLong)]
    [InlineData(0x1_0000_0001ul, -(int)Status.MessageTooLong)]
    [InlineData(ulong.MaxValue, -(int)Status.MessageTooLong)]
    public void AMessageFitsOneFrameOrIsRefused(ulong length, long expected)
    {
        Assert.Equal(expected, _socket.Write(_machine.Boot, _buffer.Address, length));
        Assert.Equal(expected >= 0 ? 1 : 0, _layer.Sent.Count);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(0xFFFFul)] // one byte below the buffer's first page, in a page that is not mapped
    [InlineData(0x7FFF_FFFF_F000ul)]
    [InlineData(0xFFFF_8000_0000_0000ul)]
    [InlineData(ulong.MaxValue)]
    public void ABadAddressIsRefusedAndThePacketKept(ulong address)
    {
        _cpu.UnmappedStart = 0xFFFF;
        _cpu.UnmappedLength = 1;
        Assert.Equal(-(long)Status.BadAddress, _socket.Write(_machine.Boot, address, 10));
        Assert.Empty(_layer.Calls);
        Assert.Equal(5, _socket.Write(_machine.Boot, _buffer.Address, 5));
        Assert.Equal(["send 5 1 5 0"], _layer.Calls);
    }

    [Fact]
    public void WithoutPacketsItIsNoBufferSpaceUntilThereIsOneAgain()
    {
        _layer.NextPacket = FakeSocketLayer.NoPacket;
        Assert.Equal(1, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(-(long)Status.NoBufferSpace, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(-(long)Status.NoBufferSpace, _socket.Write(_machine.Boot, _buffer.Address, 1));
        _layer.FreePacket = 3;
        Assert.Equal(1, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(["send 5 1 1 0", "acquire 5", "acquire 5", "acquire 5", "send 5 3 1 0"], _layer.Calls);
    }

    [Theory]
    [InlineData(Status.PeerGone, Status.IoError)]
    [InlineData(Status.NoBufferSpace, Status.NoBufferSpace)]
    [InlineData(Status.DestinationRequired, Status.DestinationRequired)]
    public void FailuresOfTheStackBecomeErrno(Status answer, Status expected)
    {
        for (int i = 0; i < 4; i++)
            _layer.Answers.Enqueue(answer);
        Assert.Equal(-(long)expected, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(-(long)expected, _socket.Read(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(-(long)expected, _socket.Bind(Peer));
        Assert.Equal(-(long)expected, _socket.Connect(Peer));
        Assert.Equal(1, _socket.Write(_machine.Boot, _buffer.Address, 1));
    }

    [Fact]
    public void ReadTakesADatagramAndGivesItsPacketBack()
    {
        PutPayload(packet: 2, offset: 64, "datagram"u8);
        Assert.Equal(8, _socket.Receive(_buffer.Address, 100, out ulong from));
        Assert.Equal("datagram"u8.ToArray(), _buffer.Bytes[..8].ToArray());
        Assert.Equal(Peer, from);
        Assert.Equal(["receive 5", "release 2"], _layer.Calls);
    }

    [Fact]
    public void ALongDatagramIsCut()
    {
        PutPayload(packet: 2, offset: 64, "datagram"u8);
        Assert.Equal(4, _socket.Read(_machine.Boot, _buffer.Address, 4));
        Assert.Equal("data\0\0"u8.ToArray(), _buffer.Bytes[..6].ToArray());
        Assert.Equal("release 2", _layer.Calls[^1]);
    }

    [Theory]
    [InlineData(4, 64, 8)] // there are packets 0 to 3
    [InlineData(0xFFFF, 64, 8)]
    [InlineData(2, 2048, 0)]
    [InlineData(2, 2040, 9)]
    [InlineData(2, 64, 1985)]
    [InlineData(2, 0xFFFF, 0xFFFF)]
    public void AStackThatPointsOutsideThePoolIsNotBelieved(ushort packet, int offset, int length)
    {
        _layer.ReceivedPacket = packet;
        _layer.Extent = (uint)offset | ((uint)length << 16);
        Assert.Equal(-(long)Status.IoError, _socket.Read(_machine.Boot, _buffer.Address, 4096));
        Assert.False(_buffer.Bytes.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void AStackThatHandsOutAPacketThatDoesNotExistIsNotBelieved()
    {
        _layer.NextPacket = 4;
        Assert.Equal(1, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(-(long)Status.IoError, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Single(_layer.Sent);
    }

    [Fact]
    public void ABadReadBufferLosesTheDatagramButNotItsPacket()
    {
        PutPayload(packet: 2, offset: 64, "datagram"u8);
        Assert.Equal(-(long)Status.BadAddress, _socket.Read(_machine.Boot, 0x10, 8));
        Assert.Equal("release 2", _layer.Calls[^1]);
    }

    [Fact]
    public void AReceiveEndsAtTheTimeOutOfItsSocket()
    {
        Assert.Equal(0, _socket.Control(_machine.Boot, IoctlRequest.SetReceiveTimeout, 3_000));
        ulong start = _machine.Now;
        for (int i = 0; i < 2; i++)
            _layer.Answers.Enqueue(Status.WouldBlock);
        Assert.Equal(-(long)Status.WouldBlock, _socket.Read(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(3_000ul, _machine.Now - start);
        Assert.Equal(["receive 5", "wait", "receive 5"], _layer.Calls);
    }

    [Fact]
    public void WithoutATimeOutItWaitsUntilSomethingComes()
    {
        PutPayload(packet: 2, offset: 64, "x"u8);
        ulong waited = 0;
        _layer.WhenWaiting = deadline => waited = deadline;
        for (int i = 0; i < 3; i++)
            _layer.Answers.Enqueue(Status.WouldBlock);
        Assert.Equal(1, _socket.Read(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(Machine.Never, waited);
        Assert.Equal(3, _layer.Calls.Count(call => call == "wait"));
    }

    [Fact]
    public void ConnectAsksAgainUntilTheNextHopIsKnown()
    {
        for (int i = 0; i < 3; i++)
            _layer.Answers.Enqueue(Status.WouldBlock);
        ulong start = _machine.Now;
        Assert.Equal(0, _socket.Connect(Peer));
        Assert.Equal(4, _layer.Calls.Count(call => call == "connect 5 13890a000202"));
        Assert.Equal(Second * 3 / 4, _machine.Now - start);
    }

    [Fact]
    public void ConnectGivesUpAfterFiveSeconds()
    {
        for (int i = 0; i < 100; i++)
            _layer.Answers.Enqueue(Status.WouldBlock);
        ulong start = _machine.Now;
        Assert.Equal(-(long)Status.HostUnreachable, _socket.Connect(Peer));
        Assert.Equal(5 * Second, _machine.Now - start);
    }

    [Fact]
    public void TheLocalAddressIsWrittenToTheProgram()
    {
        Assert.Equal(0, _socket.Control(_machine.Boot, IoctlRequest.GetLocalAddress, _buffer.Address));
        Assert.Equal(0xCAFE_0A00_020Ful, _buffer.Words[0]);
        Assert.Equal(-(long)Status.BadAddress, _socket.Control(_machine.Boot, IoctlRequest.GetLocalAddress, 8));
        Assert.Equal(-(long)Status.UnsupportedRequest, _socket.Control(_machine.Boot, IoctlRequest.GetNicCounters, _buffer.Address));
        Assert.Equal(-(long)Status.UnsupportedRequest, _socket.Control(_machine.Boot, (IoctlRequest)(-1), _buffer.Address));
    }

    [Fact]
    public void ClosingGivesThePacketInHandBackAndFreesTheSlot()
    {
        _socket.Close();
        Assert.Equal(["close 5 1"], _layer.Calls);
        Assert.False(_socket.IsOpen);
        Assert.Same(_socket, Open());
    }

    [Fact]
    public void ASocketThatIsOpenedAgainForgetsTheTimeOutOfTheLastOne()
    {
        _socket.Control(_machine.Boot, IoctlRequest.SetReceiveTimeout, 3_000);
        _socket.Close();
        Open();
        PutPayload(packet: 2, offset: 64, "x"u8);
        ulong waited = 0;
        _layer.WhenWaiting = deadline => waited = deadline;
        _layer.Answers.Enqueue(Status.WouldBlock);
        Assert.Equal(1, _socket.Read(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(Machine.Never, waited);
    }

    [Fact]
    public void AReaderWithoutATimeOutIsNotLeftWaitingWhenTheNetworkGoesDown()
    {
        _layer.WhenWaiting = _ => _layer.GoDown();
        _layer.Answers.Enqueue(Status.WouldBlock);
        _layer.Answers.Enqueue(Status.WouldBlock);
        Assert.Equal(-(long)Status.IoError, _socket.Read(_machine.Boot, _buffer.Address, 1));
        Assert.Contains("wake", _layer.Calls);
    }

    [Fact]
    public void ThePoolIsFiniteAndAFailureCostsNothing()
    {
        _layer.Answers.Enqueue(Status.TooManyHandles);
        Assert.Equal(Status.TooManyHandles, _pool.Open(SocketKind.Datagram, out _));
        Socket[] sockets = Enumerable.Range(0, 31).Select(_ => Open()).ToArray();
        Assert.Equal(31, sockets.Append(_socket).Distinct().Count() - 1);
        Assert.Equal(Status.NoBufferSpace, _pool.Open(SocketKind.Datagram, out Socket? none));
        Assert.Null(none);
        sockets[20].Close();
        Assert.Same(sockets[20], Open());
    }

    [Fact]
    public void ASocketThatIsBeingOpenedIsNobodyElses()
    {
        Socket? other = null;
        _layer.WhenOpening = () =>
        {
            _layer.WhenOpening = () => { };
            other = Open();
        };
        Assert.NotSame(Open(), other);
    }

    [Fact]
    public void WithoutPacketsADeadStackIsAnErrorAndNotAShortage()
    {
        _layer.NextPacket = FakeSocketLayer.NoPacket;
        _layer.Answers.Enqueue(Status.PeerGone);
        Assert.Equal(-(long)Status.IoError, _socket.Write(_machine.Boot, _buffer.Address, 1));
        _layer.GoDown();
        Assert.Equal(-(long)Status.IoError, _socket.Write(_machine.Boot, _buffer.Address, 1));
    }

    [Fact]
    public void TheLongestTimeOutIsLong()
    {
        _socket.Control(_machine.Boot, IoctlRequest.SetReceiveTimeout, ulong.MaxValue);
        PutPayload(packet: 2, offset: 64, "x"u8);
        _layer.WhenWaiting = deadline => Assert.True(deadline > _machine.Now + (1_000_000 * Second));
        _layer.Answers.Enqueue(Status.WouldBlock);
        Assert.Equal(1, _socket.Read(_machine.Boot, _buffer.Address, 1));
    }

    private Socket Open()
    {
        Assert.Equal(Status.Ok, _pool.Open(SocketKind.Datagram, out Socket? socket));
        return socket!;
    }

    private void PutPayload(ushort packet, int offset, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(_layer.Packets.Buffer(new PacketIndex(packet)).Slice(offset));
        _layer.ReceivedPacket = packet;
        _layer.Extent = (uint)offset | ((uint)payload.Length << 16);
    }
}
