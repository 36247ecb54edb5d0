// Bits that are set, merged, seen and taken. Subject: kernel/ipc/Notification.cs
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed unsafe class NotificationTests
{
    [Fact]
    public void BitsMergeUntilSomebodyTakesThem()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        Assert.False(notification.TryTake(out _));
        notification.Signal(1);
        notification.Signal(6);
        notification.Signal(2);
        Assert.True(notification.IsPending);
        Assert.True(notification.TryTake(out ulong bits));
        Assert.Equal(7ul, bits);
        Assert.False(notification.IsPending);
        Assert.False(notification.TryTake(out _));
        Assert.Equal(3ul, machine.Counters.Notifications);
    }

    [Fact]
    public void PendingBitsEndAWaitAtOnce()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        notification.Signal(0x8001);
        int before = machine.Processor.Switches.Count;
        Assert.Equal(Status.Ok, notification.Wait(Machine.Never, out ulong bits));
        Assert.Equal(0x8001ul, bits);
        Assert.Equal(before, machine.Processor.Switches.Count);
    }

    [Fact]
    public void ASignalWakesTheWaiter()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        machine.SpawnService(() =>
        {
            for (int i = 0; i < 2; i++)
            {
                Assert.Equal(Status.Ok, notification.Wait(Machine.Never, out ulong bits));
                machine.Trace.Add($"{bits}");
            }
        });
        machine.RunFor(1);
        notification.Signal(4);
        notification.Signal(8); // before the waiter runs
        machine.RunFor(1);
        notification.Signal(16);
        machine.Run();
        Assert.Equal(["12", "16"], machine.Trace);
    }

    [Fact]
    public void AWaitEndsAtItsDeadlineWithoutBits()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        ulong start = machine.Now;
        machine.SpawnService(() =>
        {
            Status status = notification.Wait(machine.Now + 5_000, out ulong bits);
            machine.Trace.Add($"{status} {bits} {machine.Now - start}");
            machine.Trace.Add($"{notification.Wait(Machine.Never, out bits)} {bits}");
        });
        machine.Run();
        Assert.Equal(["TimedOut 0 5000"], machine.Trace);
        notification.Signal(3);
        machine.Run();
        Assert.Equal("Ok 3", machine.Trace[1]);
    }

    [Fact]
    public void OneSignalWakesOneWaiterTheOldest()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        foreach (string name in new[] { "first", "second" })
        {
            machine.SpawnService(() =>
            {
                notification.Wait(Machine.Never, out ulong bits);
                machine.Trace.Add($"{name} {bits}");
            });
        }
        machine.RunFor(1);
        notification.Signal(1);
        machine.RunFor(1);
        Assert.Equal(["first 1"], machine.Trace);
        notification.Signal(2);
        machine.Run();
        Assert.Equal(["first 1", "second 2"], machine.Trace);
    }

    [Fact]
    public void ABoundSignalReachesAWaitingServer()
    {
        using Machine machine = new();
        Endpoint endpoint = Bind(machine, out Notification notification);
        machine.SpawnService(() =>
        {
            Thread self = machine.Scheduler.Current;
            Assert.Equal(Status.Ok, endpoint.Receive(self));
            machine.Trace.Add($"{self.Registers.Rsi} {self.Registers.Rdi == Message.NotificationBadge}");
        });
        machine.RunFor(1);
        Assert.Equal(Status.Ok, notification.Signal(6));
        Assert.False(notification.IsPending);
        machine.Run();
        Assert.Equal(["6 True"], machine.Trace);
        Assert.Equal(0ul, machine.Counters.Messages);
    }

    [Fact]
    public void ABusyServerFindsTheSignalWhenItReceivesAgainBeforeAnyCaller()
    {
        using Machine machine = new();
        Endpoint endpoint = Bind(machine, out Notification notification);
        machine.SpawnService(() => machine.Serve(endpoint, self =>
        {
            string kind = self.Registers.Rdi == Message.NotificationBadge ? "signal" : "call";
            machine.Trace.Add($"{kind} {self.Registers.Rsi}");
            if (machine.Trace.Count == 1)
                machine.Sleep(1_000);
        }));
        machine.Spawn(() => Assert.Equal(Status.Ok, machine.Call(endpoint, 1)));
        machine.Spawn(() => Assert.Equal(Status.Ok, machine.Call(endpoint, 2)));
        machine.RunFor(100);
        notification.Signal(4);
        notification.Signal(8);
        Assert.True(notification.IsPending);
        machine.Run();
        Assert.Equal(["call 1", "signal 12", "call 2"], machine.Trace);
    }

    [Fact]
    public void AnUnboundEndpointIsNotWoken()
    {
        using Machine machine = new();
        Endpoint endpoint = machine.NewEndpoint();
        Notification notification = machine.NewNotification();
        machine.SpawnService(() => machine.Serve(endpoint, _ => machine.Trace.Add("woken")));
        machine.RunFor(1);
        notification.Signal(1);
        machine.Run();
        Assert.Empty(machine.Trace);
        Assert.True(notification.IsPending);
    }

    [Fact]
    public void TheMirrorShowsWhatIsPending()
    {
        ulong* word = (ulong*)NativeMemory.AlignedAlloc(8, 8);
        *word = 99;
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        notification.Mirror = new SharedWord(new VirtualAddress((ulong)word));
        notification.Signal(1);
        Assert.Equal(0x1_0001ul, *word);
        notification.Signal(4);
        Assert.Equal(0x2_0005ul, *word);
        Assert.True(notification.TryTake(out ulong bits));
        Assert.Equal(5ul, bits);
        Assert.Equal(0ul, *word);
        notification.Signal(2);
        Assert.Equal(0x1_0002ul, *word);
        notification.TakeServed(*word);
        Assert.Equal(0ul, *word);
        NativeMemory.AlignedFree(word);
    }

    [Fact]
    public void AWordThatWasNeverSeenChangesNothing()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        notification.Signal(2);
        notification.TakeServed(0xFFFF_FFFF_FFFF_FFFD);
        Assert.True(notification.TryTake(out ulong bits));
        Assert.Equal(2ul, bits);
    }

    // A message interrupt: the device sends it once. Between the owner's look and what it says of it, anything may happen.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0x1_0000)] // a count that wraps would hide them
    public void WhatCameAgainSinceTheOwnerLookedStaysPending(int again)
    {
        ulong* word = (ulong*)NativeMemory.AlignedAlloc(8, 8);
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        notification.Mirror = new SharedWord(new VirtualAddress((ulong)word));
        notification.Signal(1);
        ulong seen = *word;
        for (int i = 0; i < again; i++)
            notification.Signal(1);
        notification.TakeServed(seen);
        Assert.True(notification.IsPending);
        notification.TakeServed(*word);
        Assert.False(notification.IsPending);
        Assert.Equal(0ul, *word);
        NativeMemory.AlignedFree(word);
    }

    [Fact]
    public void WhatWasTakenAndCameAgainStaysPending()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        notification.Signal(1);
        Assert.True(notification.TryTake(out ulong bits));
        notification.Signal(1);
        notification.TakeServed(bits);
        Assert.True(notification.IsPending);
    }

    [Fact]
    public void AWaiterThatWasWokenForNothingWaitsOn()
    {
        using Machine machine = new();
        Notification notification = machine.NewNotification();
        foreach (string name in new[] { "first", "second" })
        {
            machine.SpawnService(() =>
            {
                Status status = notification.Wait(Machine.Never, out ulong bits);
                machine.Trace.Add($"{name} {status} {bits}");
            });
        }
        machine.RunFor(1);
        notification.Signal(1);
        notification.Signal(2); // wakes the second, but the first takes both
        machine.RunFor(1);
        Assert.Equal(["first Ok 3"], machine.Trace);
        notification.Signal(4);
        machine.Run();
        Assert.Equal("second Ok 4", machine.Trace[1]);
    }

    private static Endpoint Bind(Machine machine, out Notification notification)
    {
        Endpoint endpoint = machine.NewEndpoint();
        notification = machine.NewNotification();
        notification.Endpoint = endpoint;
        endpoint.Bound = notification;
        return endpoint;
    }
}
