// The first process: makes calls like the others, waits for their end, and balances the books. Back to: Program.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>Process 1.</summary>
internal sealed class FuzzMain : FuzzProcess
{
    private const int Found = 1;
    private const int Unbalanced = 2;
    private const int Stuck = 3;
    private const ulong MoreFinishes = 400; // than calls of the service
    private const int MostLooks = 2_000;
    private const ulong Look = 100_000_000;
    private const ulong Settle = 6_000_000_000; // longer than the stack asks for a next hop
    private const ulong HeapSlack = 2048; // what is made at the first use of a rare path

    private readonly KernelBooks _before = new();
    private readonly KernelBooks _half = new();
    private readonly KernelBooks _after = new();

    public FuzzMain(FuzzPlan plan)
        : base(plan, number: 1, isService: false)
    {
        Handles[WellKnownHandle.StandardInput] = HandleKind.Console;
        Handles[WellKnownHandle.StandardError] = HandleKind.Console;
        Handles[WellKnownHandle.StackNotification] = HandleKind.Given;
        Handles[WellKnownHandle.NicEndpoint] = HandleKind.Given;
        Handles[WellKnownHandle.SocketNotification] = HandleKind.Given;
    }

    public int Run()
    {
        WarmUp();
        if (!ReadBooks(_before))
            return Stuck;
        MakeCalls(0, Plan.Calls / 2);
        if (!ReadBooks(_half))
            return Stuck;
        MakeCalls(Plan.Calls / 2, Plan.Calls);
        Report();
        if (!WaitForOthers())
            return Stuck;
        CloseAll();
        if (!ReadBooks(_after))
            return Stuck;
        bool isGood = AreBooksBalanced();
        if (Plan.HasNetwork)
            isGood &= NetworkProbe.Run();
        if (HasFound || !isGood)
            return HasFound ? Found : Unbalanced;
        FuzzReport.Begin("fuzz books are balanced"u8).End();
        return 0;
    }

    // The kernel makes an object for each file when it is opened first.
    private static void WarmUp()
    {
        for (ulong path = 0; path < CallMaker.Paths; path++)
        {
            int file = Files.Open(CallMaker.Path(path));
            if (file >= 0)
                _ = Files.Close(file);
        }
        Clock.Sleep(1);
    }

    // Handles may be used up; then one that is open goes.
    private bool ReadBooks(KernelBooks books)
    {
        int device = Files.Open("/dev/kernel"u8);
        for (int handle = HandleModel.Capacity - 1; device < 0 && handle > WellKnownHandle.SocketNotification; handle--)
        {
            Close(handle);
            device = Files.Open("/dev/kernel"u8);
        }
        bool isRead = device >= 0 && books.Read(device);
        if (device >= 0)
            _ = Files.Close(device);
        return isRead;
    }

    private bool WaitForOthers()
    {
        TellServiceToFinish();
        ulong left = _before[KernelBook.Processes] - (Plan.Processes - 1);
        for (int look = 0; look < MostLooks; look++)
        {
            if (ReadBooks(_after) && _after[KernelBook.Processes] <= left)
                return true;
            Clock.Sleep(Look);
        }
        FuzzReport.Found("a-process-does-not-end"u8, Number, Plan.Calls, default, Entry.Syscall);
        return false;
    }

    // Again and again, until it is gone: it makes all its calls first, and each of them that receives waits for a message.
    private void TellServiceToFinish()
    {
        ulong left = Plan.Calls + MoreFinishes;
        long status;
        do
        {
            status = RawCalls.Invoke(SyscallNumber.Call, WellKnownHandle.NicEndpoint, FuzzPeer.Finish);
        }
        while (--left != 0 && status is 0 or -(long)Status.TimedOut);
    }

    private void CloseAll()
    {
        for (int handle = 0; handle < HandleModel.Capacity; handle++)
        {
            if (!HandleModel.IsKept(handle))
                Close(handle);
        }
        Clock.Sleep(Settle);
    }

    private bool AreBooksBalanced()
    {
        ulong others = Plan.Processes - 1;
        ulong heap = _half[KernelBook.FreeHeap] - _after[KernelBook.FreeHeap];
        return KernelBooks.IsBalanced("frames"u8,
                _before[KernelBook.FreeFrames] + _before[KernelBook.ProcessFrames], _after[KernelBook.FreeFrames] + _after[KernelBook.ProcessFrames])
            & KernelBooks.IsBalanced("heap"u8, 0, heap <= HeapSlack ? 0 : heap)
            & KernelBooks.IsBalanced("processes"u8, _before[KernelBook.Processes] - others, _after[KernelBook.Processes])
            & KernelBooks.IsBalanced("threads"u8, _before[KernelBook.Threads] - others, _after[KernelBook.Threads])
            & KernelBooks.IsBalanced("callers"u8, 0, _after[KernelBook.Callers])
            & KernelBooks.IsBalanced("files"u8, 0, _after[KernelBook.OpenFiles])
            & KernelBooks.IsBalanced("sockets"u8, 0, _after[KernelBook.OpenSockets])
            & KernelBooks.IsBalanced("packets"u8, 0, _after[KernelBook.CallerPackets])
            & KernelBooks.IsBalanced("handles"u8, 3, _after[KernelBook.Handles]) // two that are kept, and the books
            & KernelBooks.IsBalanced("canary"u8, 1, _after[KernelBook.Canary]);
    }
}
