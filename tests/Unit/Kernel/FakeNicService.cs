// A NIC driver service as the kernel sees one: it answers NicOperation messages and writes an event ring. Back to: PlacerTests.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Tests.Unit.Net;

namespace RingOS.Tests.Unit.Kernel;

/// <summary>Sends every frame at once, answers ARP requests, and does worse when a test asks for it.</summary>
internal sealed unsafe class FakeNicService(HostedKernel kernel)
{
    private UserProgram _self = null!;
    private uint _produced;

    /// <summary>Frames on the wire, ARP left out.</summary>
    public List<byte[]> Sent { get; } = [];

    public Queue<ushort> Lent { get; } = new();

    /// <summary>Frames that arrive with the next interrupt.</summary>
    public Queue<byte[]> Arriving { get; } = new();

    /// <summary>Runs before each request is answered.</summary>
    public Action<UserProgram, NicOperation> WhenAsked { get; set; } = (_, _) => { };

    public int Interrupts { get; private set; }

    public void Run(UserProgram self)
    {
        _self = self;
        long status = self.Syscall(SyscallNumber.Receive, WellKnownHandle.OwnEndpoint);
        while (status == 0)
        {
            ulong served = 0;
            if (self.Registers.Rdi == Message.NotificationBadge)
                served = ServeInterrupt(self.Registers.Rsi);
            else
                ServeRequest();
            ref RingOS.Kernel.Arch.X64.Registers words = ref self.Registers;
            status = self.Syscall(
                SyscallNumber.ReplyReceive, WellKnownHandle.OwnEndpoint, words.Rsi, words.Rdx, words.R10, words.R8, served);
        }
    }

    private ulong ServeInterrupt(ulong bits)
    {
        Interrupts++;
        while (Arriving.TryDequeue(out byte[]? frame))
            Deliver(frame);
        (ulong word1, ulong word2) = (_self.Registers.Rdx, _self.Registers.R10);
        _self.Syscall(SyscallNumber.Signal, WellKnownHandle.StackNotification, 1);
        (_self.Registers.Rdx, _self.Registers.R10) = (word1, word2);
        return bits;
    }

    private void ServeRequest()
    {
        NicOperation operation = (NicOperation)_self.Registers.Rsi;
        ushort packet = (ushort)_self.Registers.Rdx;
        ushort length = (ushort)_self.Registers.R10;
        WhenAsked(_self, operation);
        _self.Registers.Rsi = (ulong)Status.Ok;
        switch (operation)
        {
            case NicOperation.Describe:
                _self.Registers.Rdx = Wire.OwnMac;
                _self.Registers.R10 = (ulong)NicCapabilities.None;
                break;
            case NicOperation.Transmit:
                Transmit(packet, length);
                break;
            case NicOperation.LendReceive:
                Lent.Enqueue(packet);
                break;
            case NicOperation.ReadCounter:
                _self.Registers.Rdx = 4_000 + (ulong)packet;
                break;
        }
    }

    private void Transmit(ushort packet, ushort length)
    {
        byte[] frame = Frame(packet)[..length].ToArray();
        Announce(EventRing.Pack(NicEventKind.Transmitted, packet, 0, TransmitOutcome.Sent));
        if (Wire.Get16(frame, 12) != 0x0806)
            Sent.Add(frame);
        else
            Deliver(Wire.Arp(2, Wire.GatewayMac, Wire.Get32(frame, 38), Wire.OwnMac, Wire.OwnAddress));
    }

    private void Deliver(byte[] frame)
    {
        ushort packet = Lent.Dequeue();
        frame.CopyTo(Frame(packet));
        Announce(EventRing.Pack(NicEventKind.Received, packet, (ushort)frame.Length, 0));
    }

    /// <summary>Writes any entry into the event ring.</summary>
    public void Announce(ulong entry)
    {
        byte* ring = (byte*)kernel.VisibleAt(_self.PhysicalOf(ProcessLayout.EventRing));
        *(ulong*)(ring + EventRing.EntriesOffset + (_produced % EventRing.Capacity * EventRing.EntrySize)) = entry;
        *(uint*)(ring + EventRing.ProducerOffset) = ++_produced;
    }

    // The device's view: a driver is not shown packets.
    private Span<byte> Frame(ushort packet)
    {
        StartupBlock* startup = (StartupBlock*)kernel.VisibleAt(_self.PhysicalOf(ProcessLayout.StartupPage));
        ulong start = startup->PacketsDeviceAddress + ((ulong)packet * PacketLayout.BufferSize) + PacketLayout.FrameOffset;
        return new Span<byte>((byte*)kernel.VisibleAt(start), PacketLayout.MaximumFrame);
    }
}
