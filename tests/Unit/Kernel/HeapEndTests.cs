// A kernel heap that is nearly used up: nothing is started any more, and what runs goes on. Subject: kernel/threads/ProcessTable.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class HeapEndTests
{
    [Theory]
    [InlineData(256 << 10, Status.Ok)]
    [InlineData((256 << 10) - 1, Status.NoMemory)]
    [InlineData(0, Status.NoMemory)]
    public void NoProcessIsStartedOnTheReserve(ulong available, Status expected)
    {
        using HostedKernel kernel = new();
        kernel.Heap.Available = available;

        Assert.Equal(expected, Load(kernel));

        Assert.Equal(expected == Status.NoMemory, kernel.Log.Contains("heap is nearly used up", StringComparison.Ordinal));
    }

    [Fact]
    public void NoThreadOfTheKernelIsStartedEither()
    {
        using HostedKernel kernel = new();
        kernel.Heap.Available = 0;
        Assert.Equal(Status.NoMemory, kernel.Nucleus.Processes.StartKernelThread(new NoWork()));
    }

    [Fact]
    public void AStartThatWasRefusedTakesNothing()
    {
        using HostedKernel kernel = new();
        ulong frames = kernel.Nucleus.Memory.Frames.FreeFrames;
        kernel.Heap.Available = 0;
        for (int attempt = 0; attempt < 100; attempt++)
            Assert.Equal(Status.NoMemory, Load(kernel));
        Assert.Equal(frames, kernel.Nucleus.Memory.Frames.FreeFrames);

        kernel.Heap.Available = ulong.MaxValue;
        Assert.Equal(Status.Ok, Load(kernel));
    }

    private static Status Load(HostedKernel kernel)
        => kernel.Nucleus.Processes.Load("service/net"u8, "net"u8, isService: false, grant: null, Domain.Ring3, out _);

    private sealed class NoWork : IKernelWork
    {
        public void Run()
        {
        }
    }
}
