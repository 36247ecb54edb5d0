// Any order of requests, completions, arrivals and interrupts: every packet comes back exactly once. Next: HostileDeviceTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Hardware;
using Xunit;

namespace RingOS.Tests.Unit.E1000;

public abstract class InterleavingTests(E1000Model model) : E1000Tests(model)
{
    private const int Packets = 300;

    private enum Step
    {
        Transmit,
        Lend,
        Sent,
        ExcessiveCollisions,
        LateCollision,
        Arrival,
        BadArrival,
        Interrupt,
    }

    private enum Owner
    {
        Lender,
        Transmitter,
        Receiver,
    }

    /// <summary>A step and how often it is repeated, so that rings fill up and run empty.</summary>
    private static readonly Gen<(Step Step, int Times)[]> s_steps =
        Gen.Select(Gen.Enum<Step>(), Gen.Frequency((3, Gen.Int[1, 4]), (1, Gen.Int[1, 140]))).Array[0, 60];

    [Fact]
    public void EveryPacketComesBackExactlyOnce() => s_steps.Sample(Play, iter: 200, threads: 1);

    [Fact]
    public void EveryPacketComesBackExactlyOnceWhenTheDeviceIsInstant()
        => s_steps.Sample(steps => Play(steps, true), iter: 100, threads: 1);

    private void Play((Step Step, int Times)[] steps) => Play(steps, false);

    private void Play((Step Step, int Times)[] steps, bool completesInDoorbell)
    {
        using var machine = Running(Packets);
        machine.Device.CompletesInDoorbell = completesInDoorbell;
        var lender = new Lender(machine);
        foreach ((Step step, int times) in steps)
        {
            for (int time = 0; time < times; time++)
                lender.Do(step);
        }

        lender.FinishAndCheck();
    }

    /// <summary>Keeps the books that the driver must agree with.</summary>
    private sealed class Lender
    {
        private readonly E1000Machine _machine;
        private readonly Owner[] _owners = new Owner[Packets];
        private readonly Queue<ushort> _free = new(Enumerable.Range(0, Packets).Select(packet => (ushort)packet));
        private readonly Queue<ushort> _inTransmitRing = new();
        private readonly Queue<TransmitOutcome> _expected = new();
        private int _arrivals;
        private bool _isStopping;

        public Lender(E1000Machine machine)
        {
            _machine = machine;
            machine.WhenTransmitted = OnTransmitted;
            machine.WhenReceived = OnReceived;
        }

        public void Do(Step step)
        {
            switch (step)
            {
                case Step.Transmit:
                    Provide(packet => _machine.Transmit(packet), Owner.Transmitter, 126);
                    break;
                case Step.Lend:
                    Provide(packet => _machine.Lend(packet), Owner.Receiver, 127);
                    break;
                case Step.Sent:
                    Complete(TransmitOutcome.Sent);
                    break;
                case Step.ExcessiveCollisions:
                    Complete(TransmitOutcome.ExcessiveCollisions);
                    break;
                case Step.LateCollision:
                    Complete(TransmitOutcome.LateCollision);
                    break;
                case Step.Arrival:
                    if (_machine.Device.Deliver(E1000Machine.FrameToUs(64, _arrivals)))
                        _arrivals++;
                    break;
                case Step.BadArrival:
                    _machine.Device.Deliver(E1000Machine.FrameToUs(64), errors: 1);
                    break;
                default:
                    _machine.Driver.OnInterrupt();
                    break;
            }
        }

        public void FinishAndCheck()
        {
            _machine.Driver.OnInterrupt();
            Assert.Equal(_arrivals, _machine.Received.Count);
            Assert.Empty(_expected);
            _isStopping = true;
            _machine.Driver.Stop();
            Assert.All(_owners, owner => Assert.Equal(Owner.Lender, owner));
            Assert.Equal((ulong)_machine.Device.Wire.Count, _machine.Counter(NicCounter.FramesSent));
            Assert.Equal((ulong)_arrivals, _machine.Counter(NicCounter.FramesReceived));
        }

        private void Provide(Func<int, Status> provide, Owner owner, int capacity)
        {
            if (_free.Count == 0)
                return;
            bool hasRoom = _owners.Count(other => other == owner) < capacity;
            Status status = provide(_free.Peek());
            Assert.Equal(hasRoom ? Status.Ok : Status.NoBufferSpace, status);
            if (!hasRoom)
                return;
            ushort packet = _free.Dequeue();
            _owners[packet] = owner;
            if (owner != Owner.Transmitter)
                return;
            _inTransmitRing.Enqueue(packet);
            if (_machine.Device.CompletesInDoorbell)
                _expected.Enqueue(TransmitOutcome.Sent);
        }

        private void Complete(TransmitOutcome outcome)
        {
            if (_machine.Device.CompleteOne(outcome))
                _expected.Enqueue(outcome);
        }

        private void OnTransmitted(PacketIndex packet)
        {
            TransmitOutcome outcome = _machine.Transmitted[^1].Outcome;
            if (_isStopping)
            {
                Assert.Equal(TransmitOutcome.Aborted, outcome);
                Assert.NotEqual(Owner.Lender, _owners[packet.Value]);
            }
            else
            {
                Assert.Equal(_expected.Dequeue(), outcome);
                Assert.Equal(_inTransmitRing.Dequeue(), packet.Value);
                Assert.Equal(Owner.Transmitter, _owners[packet.Value]);
            }

            TakeBack(packet);
        }

        private void OnReceived(PacketIndex packet)
        {
            Assert.Equal(Owner.Receiver, _owners[packet.Value]);
            Assert.Equal(E1000Machine.FrameToUs(64, _machine.Received.Count - 1), _machine.Received[^1].Frame);
            TakeBack(packet);
        }

        private void TakeBack(PacketIndex packet)
        {
            _owners[packet.Value] = Owner.Lender;
            _free.Enqueue(packet.Value);
        }
    }
}
