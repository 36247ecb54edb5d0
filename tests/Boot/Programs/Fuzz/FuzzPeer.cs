// The process that others call, and those that only run beside. Next: FuzzMain.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>A service with random calls of its own between those it answers.</summary>
internal sealed class FuzzPeer : FuzzProcess
{
    /// <summary>Word 0 of the message that ends it.</summary>
    public const ulong Finish = 0x0F1E_D00E_F1A1_5E0D;

    public const ulong ServiceNumber = 2;

    private const ulong HeadStart = 100_000_000; // process 1 reads the books before anybody can have ended

    private readonly bool _isService;
    private bool _isToldToFinish; // when its calls are made, that is

    public FuzzPeer(FuzzPlan plan, ulong number, bool isService)
        : base(plan, number, isService)
    {
        _isService = isService;
        if (!isService)
        {
            Handles[WellKnownHandle.StandardInput] = HandleKind.Console;
            Handles[WellKnownHandle.StandardError] = HandleKind.Console;
            return;
        }
        Handles[WellKnownHandle.OwnEndpoint] = HandleKind.Given;
        Handles[WellKnownHandle.StackNotification] = HandleKind.Given;
        Handles[WellKnownHandle.SocketNotification] = HandleKind.Given;
    }

    public int Run()
    {
        Clock.Sleep(HeadStart);
        MakeCalls(0, Plan.Calls);
        Report();
        if (_isService)
            Serve();
        End();
        return 0;
    }

    protected override void OnMessage(in CallRegisters call)
    {
        if (call.ResultRdi != Message.NotificationBadge && call.ResultRsi == Finish)
            _isToldToFinish = true;
    }

    // Until it is told to finish, or has closed its own endpoint meanwhile.
    private void Serve()
    {
        while (!_isToldToFinish)
        {
            CallRegisters call = default;
            call.Rax = (ulong)SyscallNumber.ReplyReceive;
            call.Rdi = WellKnownHandle.OwnEndpoint;
            call.Flags = 2;
            RawCalls.Invoke(ref call, Entry.Syscall);
            if (call.ResultRax != 0)
                return;
            OnMessage(in call);
        }
    }
}
