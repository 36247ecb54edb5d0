// A device behind a real socket: accesses, ends of every kind, nothing left behind. Subjects: ProxyLink.cs, NativeSocket.cs. Next: GuestMemoryTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class ProxyLinkTests
{
    private const ulong Window = 0x12_FEB0_0000;

    [Fact]
    public void TheDeviceIsSizedPlacedAndUsed()
    {
        using ScriptedQemu qemu = ScriptedQemu.Started();
        Assert.Equal(0x5678_1234u, qemu.ReadConfiguration(0));
        Assert.Equal(0x56u, qemu.ReadConfiguration(3, 1));
        Assert.Equal(0u, qemu.ReadConfiguration(0x28));
        qemu.WriteConfiguration(0x10, uint.MaxValue);
        qemu.WriteConfiguration(0x18, uint.MaxValue);
        Assert.Equal((0xFFFF_0004u, 0u), (qemu.ReadConfiguration(0x10), qemu.ReadConfiguration(0x18)));
        qemu.WriteConfiguration(0x10, 0xFEB0_0000);
        qemu.WriteConfiguration(0x14, 0x12);
        Assert.Equal(0u, qemu.ReadRegister(Window + 0x400)); // it does not answer yet
        qemu.WriteRegister(Window + 0x400, 7);
        Assert.Empty(qemu.Device.Registers);
        qemu.WriteConfiguration(0x04, 2, 2);
        qemu.WriteRegister(Window + 0x400, 0xFFFF_FFFF_1234_5678);
        Assert.Equal((0x1234_5678u, 0x34u), (qemu.ReadRegister(Window + 0x400), qemu.ReadRegister(Window + 0x402, 1)));
        Assert.Equal(0u, qemu.ReadRegister(Window + 0x1_0400));
        qemu.Ask(ProxyCommand.Reset, []);
        Assert.Equal((1, 4u), (qemu.Device.Resets, qemu.ReadConfiguration(0x10)));
    }

    [Fact]
    public void InterruptHandlesAreClosedAndNotAnswered()
    {
        using SharedFile file = new(16);
        using ScriptedQemu qemu = ScriptedQemu.Started();
        qemu.Say((int)ProxyCommand.SetInterruptHandles, new byte[8], file.Handle, file.Handle);
        Assert.Equal(0x5678_1234u, qemu.ReadConfiguration(0)); // this answer comes first
        Assert.Equal(1, file.OpenTimes);
    }

    [Fact]
    public void AMessageMayComeByteByByte()
    {
        using ScriptedQemu qemu = ScriptedQemu.Started();
        byte[] message = [.. ScriptedQemu.Header((int)ProxyCommand.WriteConfiguration, 12), .. ScriptedQemu.Configuration(0x3C, 0x0B, 1)];
        for (int index = 0; index < message.Length - 1; index++)
            Assert.True(qemu.SayRaw(message.AsSpan(index, 1)));
        Assert.Equal(0ul, qemu.AskRaw(message.AsSpan(message.Length - 1)));
        Assert.Equal(0x0Bu, qemu.ReadConfiguration(0x3C, 1));
    }

    [Fact]
    public void AGuestThatGoesAwayIsAnEndWithoutReason()
    {
        using ScriptedQemu qemu = ScriptedQemu.Started();
        _ = qemu.ReadConfiguration(0);
        qemu.Leave();
        Assert.Null(qemu.WaitForEnd());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(27)]
    public void ALinkCutInAMessageSaysSo(int bytes)
    {
        using ScriptedQemu qemu = ScriptedQemu.Started();
        byte[] message = [.. ScriptedQemu.Header((int)ProxyCommand.ReadConfiguration, 12), .. ScriptedQemu.Configuration(0, 0, 4)];
        qemu.SayRaw(message.AsSpan(0, bytes));
        qemu.Leave();
        Assert.Equal("the connection to QEMU was cut in the middle of a message", qemu.WaitForEnd()?.Message);
    }

    [Fact]
    public void FilesOfAMessageThatIsCutAreClosed()
    {
        using SharedFile file = new(16);
        using ScriptedQemu qemu = ScriptedQemu.Started();
        qemu.SayRaw(ScriptedQemu.Header((int)ProxyCommand.SynchronizeMemory, 192), file.Handle, file.Handle);
        qemu.Leave();
        Assert.NotNull(qemu.WaitForEnd());
        Assert.Equal(1, file.OpenTimes);
    }

    [Theory]
    [InlineData(1, 8ul)]
    [InlineData(99, 0ul)]
    [InlineData(3, 1ul << 40)]
    public void AMessageThatMeansNothingCutsTheLinkAndSaysWhy(int command, ulong size)
    {
        using ScriptedQemu qemu = ScriptedQemu.Started();
        qemu.SayRaw(ScriptedQemu.Header(command, size));
        Assert.Contains($"command {command}, {size} bytes", qemu.WaitForEnd()?.Message);
        Assert.False(qemu.SayRaw([0]));
    }

    [Fact]
    public void MoreFilesThanPlacesCutTheLinkAndAreClosed()
    {
        using SharedFile file = new(16);
        using ScriptedQemu qemu = ScriptedQemu.Started();
        qemu.Say((int)ProxyCommand.SynchronizeMemory, new byte[192], [.. Enumerable.Repeat(file.Handle, 9)]);
        Assert.Contains("9 pieces of memory", qemu.WaitForEnd()?.Message);
        Assert.Equal(1, file.OpenTimes);
    }

    [Fact]
    public void ABugInTheDeviceCutsTheLinkInOneLine()
    {
        using ScriptedQemu qemu = ScriptedQemu.Started();
        qemu.WriteConfiguration(0x10, 0xFEB0_0000);
        qemu.WriteConfiguration(0x04, 2, 2);
        qemu.Say((int)ProxyCommand.WriteRegister, ScriptedQemu.Register(0xFEB0_0000 + TestDevice.BadRegister, 1, 4));
        Assert.Equal("the device failed: InvalidOperationException: a bug, in two lines", qemu.WaitForEnd()?.Message);
    }

    [Fact]
    public void WhateverComesTheLinkEndsInOneLineOrWithoutReason()
        => Gen.Byte.Array[0, 60].Array[1, 8].Select(Gen.Int[-1, 9], Gen.Bool).Sample((parts, command, isHeaded) =>
        {
            using ScriptedQemu qemu = ScriptedQemu.Started();
            foreach (byte[] part in parts)
                qemu.SayRaw(isHeaded ? [.. ScriptedQemu.Header(command, (ulong)part.Length), .. part] : part);
            qemu.Leave();
            Assert.DoesNotContain('\n', qemu.WaitForEnd()?.Message ?? "");
        }, iter: 500);

    [Fact]
    public void DisposingLeavesNeitherThreadNorDescriptor()
    {
        List<ScriptedQemu> all = [new(), ScriptedQemu.Started(), ScriptedQemu.Started(), ScriptedQemu.Started(), ScriptedQemu.Started()];
        all[2].Leave();
        all[3].SayRaw([1, 2, 3]); // it waits for the rest of the header
        all[4].SayRaw(ScriptedQemu.Header(99, 0));
        foreach (ScriptedQemu qemu in all)
        {
            Assert.Contains(qemu.DeviceEnd, ScriptedQemu.OpenFiles());
            qemu.Dispose();
            qemu.Dispose();
            Assert.DoesNotContain(qemu.DeviceEnd, ScriptedQemu.OpenFiles());
            Assert.True(qemu == all[0] ? qemu.LinkThread is null : qemu.LinkThread is { IsAlive: false });
        }
    }

    [Fact]
    public void ALinkMayBeDisposedByItsOwnEnd()
    {
        using ScriptedQemu qemu = new(static ending => ending.Link.Dispose());
        qemu.Link.Start();
        qemu.Leave();
        Assert.Null(qemu.WaitForEnd());
        Assert.DoesNotContain(qemu.DeviceEnd, ScriptedQemu.OpenFiles());
    }
}
