// Numbers, rights and what closing does. Subject: kernel/threads/HandleTable.cs
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class HandleTableTests
{
    private static readonly int[] s_badNumbers =
        [-1, -32, int.MinValue, HandleTable.Capacity, HandleTable.Capacity + 1, 1 << 16, int.MaxValue];

    private static readonly HandleRights[] s_missingRights =
        [HandleRights.Write, HandleRights.Read | HandleRights.Write, HandleRights.All, HandleRights.Signal];

    [Fact]
    public void AHandleGivesItsObjectToWhoHasTheRight()
    {
        HandleTable table = new();
        Thing thing = new();
        Assert.Equal(Status.Ok, table.Insert(thing, HandleRights.Read | HandleRights.Call, out int handle));
        Assert.Same(thing, table.Find(handle, HandleRights.None));
        Assert.Same(thing, table.Find(handle, HandleRights.Read));
        Assert.Same(thing, table.Find(handle, HandleRights.Read | HandleRights.Call));
        foreach (HandleRights needed in s_missingRights)
        {
            Assert.Null(table.Find(handle, needed));
            Assert.Equal(Status.AccessDenied, table.Refusal(handle, needed));
        }
    }

    [Fact]
    public void BadNumbersAreBadHandles()
    {
        HandleTable table = new();
        table.Set(3, new Thing(), HandleRights.All, badge: 0);
        foreach (int handle in s_badNumbers.Append(0).Append(2).Append(4).Append(31))
        {
            Assert.Null(table.Find(handle, HandleRights.None));
            Assert.Null(table.Find(handle, HandleRights.All));
            Assert.Equal(Status.BadHandle, table.Refusal(handle, HandleRights.Read));
            Assert.Equal(Status.BadHandle, table.Close(handle));
        }
        foreach (int handle in s_badNumbers)
            Assert.Equal(Status.BadHandle, table.Set(handle, new Thing(), HandleRights.All, badge: 0));
    }

    [Fact]
    public void ATakenNumberIsNotGivenTwice()
    {
        HandleTable table = new();
        Thing first = new();
        Assert.Equal(Status.Ok, table.Set(5, first, HandleRights.Call, badge: 7));
        Assert.Equal(Status.BadHandle, table.Set(5, new Thing(), HandleRights.All, badge: 8));
        Assert.Same(first, table.Find(5, HandleRights.Call));
        Assert.Equal(7ul, table.FindEntry(5, HandleRights.None)!.Badge);
    }

    [Fact]
    public void AFullTableRefusesAndRecovers()
    {
        HandleTable table = new();
        for (int expected = 0; expected < HandleTable.Capacity; expected++)
        {
            Assert.Equal(Status.Ok, table.Insert(new Thing(), HandleRights.All, out int handle));
            Assert.Equal(expected, handle);
        }
        Assert.Equal(Status.TooManyHandles, table.Insert(new Thing(), HandleRights.All, out int none));
        Assert.Equal(-1, none);
        Assert.Equal(Status.Ok, table.Close(17));
        Assert.Equal(Status.Ok, table.Insert(new Thing(), HandleRights.All, out int reused));
        Assert.Equal(17, reused);
    }

    [Fact]
    public void AnObjectIsClosedOnceWithItsLastHandle()
    {
        HandleTable table = new();
        Thing thing = new();
        table.Insert(thing, HandleRights.Read, out int first);
        table.Insert(thing, HandleRights.Write, out int second);
        Assert.Equal(Status.Ok, table.Close(first));
        Assert.Equal(0, thing.Closed);
        Assert.Same(thing, table.Find(second, HandleRights.Write));
        Assert.Equal(Status.Ok, table.Close(second));
        Assert.Equal(1, thing.Closed);
        Assert.Equal(Status.BadHandle, table.Close(second));
        Assert.Equal(1, thing.Closed);
    }

    [Fact]
    public void ClosingAllClosesEachObjectOnce()
    {
        HandleTable table = new();
        Thing one = new();
        Thing two = new();
        table.Set(0, one, HandleRights.All, badge: 0);
        table.Set(9, two, HandleRights.All, badge: 0);
        table.Set(31, one, HandleRights.All, badge: 0);
        table.CloseAll();
        table.CloseAll();
        Assert.Equal((1, 1), (one.Closed, two.Closed));
        Assert.Null(table.Find(9, HandleRights.None));
    }

    [Fact]
    public void ARightOfTheLastOwnerDoesNotComeBackWithTheNumber()
    {
        HandleTable table = new();
        table.Set(4, new Thing(), HandleRights.All, badge: 5);
        table.Close(4);
        Assert.Null(table.Find(4, HandleRights.None));
        table.Set(4, new Thing(), HandleRights.Read, badge: 0);
        Assert.Null(table.Find(4, HandleRights.Write));
        Assert.Equal(0ul, table.FindEntry(4, HandleRights.None)!.Badge);
    }

    [Fact]
    public void EqualsADictionary()
        => Gen.Select(
            Gen.Int[0, 3], Gen.Int[-1, HandleTable.Capacity], Gen.Int[0, 3], Gen.Int[0, (int)HandleRights.All]).Array[0, 120].Sample(
            steps =>
            {
                HandleTable table = new();
                Thing[] things = [new(), new(), new(), new()];
                Dictionary<int, (Thing Thing, HandleRights Rights)> model = [];
                int[] closed = new int[things.Length];
                foreach ((int kind, int handle, int which, int rights) in steps)
                    Step(table, model, things, closed, (kind, handle, which, (HandleRights)rights));
                Assert.Equal(closed, things.Select(thing => thing.Closed));
            },
            iter: 200, threads: 1);

    private static void Step(
        HandleTable table,
        Dictionary<int, (Thing Thing, HandleRights Rights)> model,
        Thing[] things,
        int[] closed,
        (int Kind, int Handle, int Which, HandleRights Rights) step)
    {
        (int kind, int handle, int which, HandleRights rights) = step;
        if (kind == 0 && table.Insert(things[which], rights, out handle) == Status.Ok)
        {
            Assert.Equal(Enumerable.Range(0, HandleTable.Capacity).First(number => !model.ContainsKey(number)), handle);
            model[handle] = (things[which], rights);
        }
        else if (kind == 1)
        {
            bool isFree = handle is >= 0 and < HandleTable.Capacity && !model.ContainsKey(handle);
            Assert.Equal(isFree ? Status.Ok : Status.BadHandle, table.Set(handle, things[which], rights, badge: 0));
            if (isFree)
                model[handle] = (things[which], rights);
        }
        else if (kind == 2)
        {
            bool wasThere = model.Remove(handle, out (Thing Thing, HandleRights Rights) old);
            Assert.Equal(wasThere ? Status.Ok : Status.BadHandle, table.Close(handle));
            if (old.Thing is not null && !model.Values.Any(entry => entry.Thing == old.Thing))
                closed[System.Array.IndexOf(things, old.Thing)]++;
        }
        else
        {
            bool isThere = model.TryGetValue(handle, out (Thing Thing, HandleRights Rights) entry);
            Assert.Same(isThere && (entry.Rights & rights) == rights ? entry.Thing : null, table.Find(handle, rights));
        }
    }

    private sealed class Thing : KernelObject
    {
        public int Closed { get; private set; }

        public override void Close() => Closed++;
    }
}
