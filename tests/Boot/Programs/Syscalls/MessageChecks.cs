// A client's handle of a service allows calls and nothing else. Started with peer=echo. Next: SocketChecks.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>Handle 6 has the right to call.</summary>
internal static class MessageChecks
{
    private const int Turns = 1000;

    public static void Run()
    {
        EchoAnswers();
        ulong buffer = Kernel.AddressOf(new byte[64]);
        const int Service = WellKnownHandle.NicEndpoint;
        Check.Fails("receive"u8, Status.AccessDenied, Kernel.Invoke(SyscallNumber.Receive, Service));
        Check.Fails("reply_receive"u8, Status.AccessDenied, Kernel.Invoke(SyscallNumber.ReplyReceive, Service));
        Check.Fails("signal"u8, Status.AccessDenied, Kernel.Invoke(SyscallNumber.Signal, Service, 1));
        Check.Fails("wait"u8, Status.AccessDenied, Kernel.Invoke(SyscallNumber.Wait, Service, 1));
        Check.Fails("acknowledge"u8, Status.AccessDenied, Kernel.Invoke(SyscallNumber.Acknowledge, Service));
        Check.Fails("read"u8, Status.AccessDenied, Kernel.Read(Service, buffer, 8));
        Check.Fails("write"u8, Status.AccessDenied, Kernel.Write(Service, buffer, 8));
        Check.Fails("connect"u8, Status.NotSocket, Kernel.Connect(Service, buffer));
        Check.Fails("ioctl"u8, Status.UnsupportedRequest, Kernel.Ioctl(Service, IoctlRequest.GetKernelCounters, buffer));
        EchoAnswers();
        Check.Equal("close"u8, 0, Kernel.Close(Service));
        Check.Fails("call after close"u8, Status.BadHandle, Kernel.Invoke(SyscallNumber.Call, Service));
    }

    private static void EchoAnswers()
    {
        Endpoint echo = new(WellKnownHandle.NicEndpoint);
        int wrong = 0;
        for (ulong turn = 0; turn < Turns; turn++)
        {
            MessageRegisters message = new() { Word0 = turn, Word1 = ~turn, Word2 = turn << 32, Word3 = ulong.MaxValue - turn };
            bool isRight = echo.Call(ref message) == Status.Ok
                && message.Word0 == turn && message.Word1 == ~turn && message.Word2 == turn << 32 && message.Word3 == ulong.MaxValue - turn;
            if (!isRight)
                wrong++;
        }
        Check.Equal("messages that came back wrong"u8, 0, wrong);
    }
}
