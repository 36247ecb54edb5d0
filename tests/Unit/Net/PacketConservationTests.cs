// Whatever happens in whatever order, every packet is accounted for. Back to: NetFixture.cs
using System;
using System.Collections.Generic;
using CsCheck;
using RingOS.Abi;
using RingOS.Net;
using Xunit;

namespace RingOS.Tests.Unit.Net;

public class PacketConservationTests
{
    private static readonly Gen<(int Step, int A, int B)[]> s_runs
        = Gen.Select(Gen.Int[0, 18], Gen.Int[0, 40], Gen.Int[0, 1600]).Array[1, 250];

    [Fact]
    public void PacketsAreNeverLostNorShared()
        => s_runs.Sample(
            steps =>
            {
                using NetFixture net = new(32);
                Run run = new(net);
                foreach ((int step, int a, int b) in steps)
                {
                    run.Do(step, a, b);
                    net.AssertConserved(run.Owned.Count);
                }
                run.Finish();
            },
            iter: 400);

    /// <summary>A caller that keeps its own list of the packets it owns.</summary>
    private sealed class Run(NetFixture net)
    {
        public List<ushort> Owned { get; } = [];

        private readonly List<int> _sockets = [];

        public void Do(int step, int a, int b)
        {
            switch (step)
            {
                case 0:
                    Open(a);
                    break;
                case 1:
                    Close(a, b);
                    break;
                case 2 or 3:
                    Keep(net.Stack.Acquire());
                    break;
                case 4 or 5 or 6:
                    Send(a, b, 0);
                    break;
                case 7:
                    Send(a, b, NetProtocol.Endpoint(Wire.Peer + (uint)(a % 20), 9));
                    break;
                case 8:
                    net.Stack.Connect(Socket(a), NetProtocol.Endpoint(Wire.Peer + (uint)(b % 3), 5001));
                    break;
                case 9 or 10:
                    Receive(a);
                    break;
                case 11:
                    Release(a);
                    break;
                case 12 or 13:
                    if (net.Link.InFlight.Count != 0)
                        net.Link.Complete(a % net.Link.InFlight.Count, (TransmitOutcome)(b % 4));
                    break;
                case 14:
                    net.Link.Deliver(Wire.Udp(Wire.Peer, 5001, Wire.OwnAddress, 49152 + a % 4, NetFixture.Bytes(b % 1400)));
                    break;
                case 15:
                    net.Link.Deliver(Wire.Arp(1 + a % 2, Wire.PeerMac, Wire.Peer + (uint)(b % 20), Wire.OwnMac, Wire.OwnAddress));
                    break;
                case 16:
                    net.Link.Deliver(Wire.Icmp(Wire.Peer, Wire.OwnAddress, a % 2 * 8, 0, NetFixture.Bytes(60, b)));
                    break;
                case 17:
                    net.Clock.AdvanceMilliseconds((uint)b);
                    net.Stack.Poll();
                    break;
                default:
                    net.Link.TransmitStatus = a % 3 == 0 ? Status.NoBufferSpace : Status.Ok;
                    net.Link.LendStatus = a % 4 == 0 ? Status.NoBufferSpace : Status.Ok;
                    net.Link.DuringTransmit = a % 5 != 0 ? null : _ => net.Link.CompleteAll();
                    break;
            }
        }

        /// <summary>When all is given back, all is free or lent again.</summary>
        public void Finish()
        {
            net.Link.TransmitStatus = Status.Ok;
            net.Link.LendStatus = Status.Ok;
            net.Link.DuringTransmit = null;
            foreach (int socket in _sockets)
                Assert.Equal(Status.Ok, net.Stack.Close(socket, NetFixture.NoPacket));
            foreach (ushort packet in Owned)
                Assert.Equal(Status.Ok, net.Stack.Release(packet));
            net.Link.CompleteAll();
            net.Stack.Poll();
            net.Link.CompleteAll();
            net.Stack.Poll();
            Assert.Equal(8, net.Stack.CountPackets(PacketOwner.Receive));
            Assert.Equal(24, net.Stack.CountPackets(PacketOwner.Free));
            Assert.Equal(0ul, net.Stack.Statistics.DriverReportsRefused);
        }

        private int Socket(int a) => _sockets.Count == 0 ? a : _sockets[a % _sockets.Count];

        private void Open(int a)
        {
            if (net.Stack.Open(a % 4 == 0 ? SocketKind.Echo : SocketKind.Datagram, out int socket) == Status.Ok)
                _sockets.Add(socket);
        }

        private void Close(int a, int b)
        {
            if (_sockets.Count == 0)
                return;
            int socket = Socket(a);
            ushort packet = Owned.Count != 0 && b % 2 == 0 ? Owned[b % Owned.Count] : NetFixture.NoPacket;
            Assert.Equal(Status.Ok, net.Stack.Close(socket, packet));
            _sockets.Remove(socket);
            Owned.Remove(packet);
        }

        private void Send(int a, int b, ulong endpoint)
        {
            if (Owned.Count == 0)
                return;
            ushort packet = Owned[a % Owned.Count];
            Owned.Remove(packet);
            Status status = net.Stack.Send(Socket(a), packet, (ushort)b, endpoint, out ushort next);
            if (status != Status.Ok)
                Assert.NotEqual(NetFixture.NoPacket, next);
            Keep(next);
        }

        private void Receive(int a)
        {
            net.Stack.Receive(Socket(a), out ushort packet, out _, out _);
            Keep(packet);
        }

        private void Release(int a)
        {
            if (Owned.Count == 0)
                return;
            ushort packet = Owned[a % Owned.Count];
            Owned.Remove(packet);
            Assert.Equal(Status.Ok, net.Stack.Release(packet));
        }

        private void Keep(ushort packet)
        {
            if (packet == NetFixture.NoPacket)
                return;
            Assert.DoesNotContain(packet, Owned);
            Owned.Add(packet);
        }
    }
}
