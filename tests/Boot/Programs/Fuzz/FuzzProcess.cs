// One process of the fuzzer: makes its calls and ends. Next: FuzzPeer.cs, FuzzMain.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>The calls of one process.</summary>
internal class FuzzProcess
{
    private const ulong SocketTimeout = 200_000; // nanoseconds: what nobody answers must not take long

    private readonly CallRandom _random = new();
    private readonly CallMaker _maker;
    private readonly CallJudge _judge;
    private CallRegisters _call;

    public FuzzProcess(FuzzPlan plan, ulong number, bool isService)
    {
        Plan = plan;
        Number = number;
        _maker = new CallMaker(Handles, _random, isService);
        bool isInKernelHalf = isService && plan.ServiceRing == 1;
        _judge = new CallJudge(Handles, isInKernelHalf, keepsFlags: !isInKernelHalf || plan.Entries > 1);
        Handles[WellKnownHandle.StandardOutput] = HandleKind.Console;
    }

    public bool HasFound { get; private set; }

    protected FuzzPlan Plan { get; }

    /// <summary>1 is the main process, 2 the service it calls, the others run beside.</summary>
    protected ulong Number { get; }

    protected HandleModel Handles { get; } = new();

    protected Tally Tally { get; } = new();

    protected void MakeCalls(ulong first, ulong end)
    {
        for (ulong call = first; call < end && !HasFound; call++)
        {
            if (Plan.Keeps(Number, call))
                MakeCall(call);
        }
    }

    protected void Report()
    {
        Tally.Print(Number);
        FuzzReport.Begin("fuzz process {Process} made {Calls} calls, digest {Digest}"u8)
            .Add("Process"u8, Number).Add("Calls"u8, Tally.Calls).Add("Digest"u8, Tally.Digest >> 1).End();
    }

    /// <summary>Ends the process in one of many ways. The host is told before, so that it takes none of them for a fault.</summary>
    protected void End()
    {
        _random.Begin(Plan.Seed, Number, ulong.MaxValue);
        bool isRing1 = Number == FuzzPeer.ServiceNumber && Plan.ServiceRing == 1;
        EndingWay way = (EndingWay)_random.Below(isRing1 ? (ulong)EndingWay.KernelWrite : (ulong)EndingWay.Count);
        FuzzReport.Begin("fuzz process {Process} ends by {Way}"u8).Add("Process"u8, Number).Add("Way"u8, (ulong)way).End();
        RawCalls.End(way, (int)_random.Below(300));
    }

    /// <summary>What a service looks at after it has received something.</summary>
    protected virtual void OnMessage(in CallRegisters call)
    {
    }

    private void MakeCall(ulong number)
    {
        _random.Begin(Plan.Seed, Number, number);
        _maker.Make(ref _call);
        Entry entry = Plan.Entries > 1 && _random.OneIn(2) ? (Entry)_random.Below((ulong)Entry.Count) : Entry.Syscall;
        if (Plan.IsTraced)
            FuzzReport.Trace(Number, number, in _call, entry);
        if (_maker.OutputLength != 0)
            Arena.SetGuards(_maker.Output, _maker.OutputLength);
        RawCalls.Invoke(ref _call, entry);
        ReadOnlySpan<byte> wrong = _judge.Judge(ref _call, entry);
        if (wrong.IsEmpty && _maker.OutputLength != 0 && !Arena.AreGuardsIntact(_maker.Output, _maker.OutputLength))
            wrong = "bytes-outside-the-buffer"u8;
        Tally.Count(number, _call.Number, (long)_call.ResultRax);
        if (!wrong.IsEmpty)
            Found(wrong, number, entry);
        Follow();
    }

    private void Found(ReadOnlySpan<byte> what, ulong call, Entry entry)
    {
        HasFound = true;
        FuzzReport.Found(what, Number, call, in _call, entry);
    }

    // A new socket would wait for ever; a full table would refuse everything from now on.
    private void Follow()
    {
        SyscallNumber number = _call.Number;
        long result = (long)_call.ResultRax;
        if (number == SyscallNumber.Socket && result >= 0)
            _ = RawCalls.Invoke(SyscallNumber.Ioctl, (ulong)result, (ulong)IoctlRequest.SetReceiveTimeout, SocketTimeout);
        else if (number is SyscallNumber.Receive or SyscallNumber.ReplyReceive && result == 0)
            OnMessage(in _call);
        if (result is -(long)Status.TooManyHandles or -(long)Status.NoBufferSpace)
            CloseSome();
    }

    private void CloseSome()
    {
        for (int handle = 0; handle < HandleModel.Capacity; handle++)
        {
            if (Handles[handle] is HandleKind.File or HandleKind.Socket && _random.OneIn(2))
                Close(handle);
        }
    }

    protected void Close(int handle)
    {
        _ = RawCalls.Invoke(SyscallNumber.Close, (ulong)handle);
        Handles[handle] = HandleKind.None;
    }
}
