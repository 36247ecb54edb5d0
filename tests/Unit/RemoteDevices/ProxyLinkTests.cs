// A device served over a real pair of sockets, with the test at QEMU's end. Subjects: tools/RingOS.RemoteDevices/ProxyLink.cs, NativeSocket.cs
using System;
using System.Buffers.Binary;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class ProxyLinkTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly GuestMemory _memory = new();
    private readonly NativeSocket _qemu;
    private readonly ProxyLink _link;
    private readonly TaskCompletionSource<ProxyException?> _ended = new();

    public ProxyLinkTests()
    {
        (NativeSocket ours, _qemu) = NativeSocket.CreatePair();
        _link = new ProxyLink(ours, new SimulatedClockDevice(_memory), _memory) { Ended = _ended.SetResult };
        _link.Start();
    }

    public void Dispose()
    {
        _qemu.Dispose();
        _link.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public void ConfigurationSpaceIsReadAndTheWindowSized()
    {
        Assert.Equal(SimulatedClockProtocol.Identity, (uint)Ask(ProxyCommand.ReadConfiguration, Configuration(0, 0)));
        _ = Ask(ProxyCommand.WriteConfiguration, Configuration(0x10, uint.MaxValue));
        Assert.Equal(~(SimulatedClockProtocol.WindowLength - 1), (uint)Ask(ProxyCommand.ReadConfiguration, Configuration(0x10, 0)) & ~0xFu);
    }

    [Fact]
    public async Task AnEndBetweenMessagesIsAnEnd()
    {
        _ = Ask(ProxyCommand.Reset, []);
        _qemu.Dispose();
        Assert.Null(await _ended.Task.WaitAsync(s_patience));
    }

    [Fact]
    public async Task AnEndInAMessageIsTold()
    {
        Assert.True(_qemu.Send(ProxyMessageTests.Header((int)ProxyCommand.ReadRegister, 24)));
        _qemu.Dispose();
        Assert.Contains("cut in the middle", (await _ended.Task.WaitAsync(s_patience))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NonsenseCutsTheLink()
    {
        Assert.True(_qemu.Send(ProxyMessageTests.Header(99, 12)));
        Assert.Contains("command 99", (await _ended.Task.WaitAsync(s_patience))!.Message, StringComparison.Ordinal);
        Assert.Equal(0, _qemu.Receive(new byte[1], []));
    }

    [Fact]
    public void AnAccessOutsideTheWindowReadsZero()
        => Assert.Equal(0ul, Ask(ProxyCommand.ReadRegister, Register(0xDEAD_0000, 0)));

    private ulong Ask(ProxyCommand command, byte[] payload)
    {
        Assert.True(_qemu.Send(ProxyMessageTests.Header((int)command, (ulong)payload.Length)));
        Assert.True(_qemu.Send(payload));
        byte[] answer = new byte[24];
        for (int filled = 0; filled < answer.Length;)
        {
            int received = _qemu.Receive(answer.AsSpan(filled), []);
            Assert.NotEqual(0, received);
            filled += received;
        }
        Assert.Equal((int)ProxyCommand.Return, BinaryPrimitives.ReadInt32LittleEndian(answer));
        return BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(16));
    }

    private static byte[] Configuration(uint offset, uint value)
    {
        byte[] payload = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, offset);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), value);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(8), 4);
        return payload;
    }

    private static byte[] Register(ulong address, ulong value)
    {
        byte[] payload = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, address);
        BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8), value);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(16), 4);
        return payload;
    }
}
