// iperf -s: the server as a list of steps. Back to: IperfCommand.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Serves one client to its end, prints what iperf's server prints, and ends. Clients who fall silent before that are given up.</summary>
public sealed class ServerCommand(IperfOptions options)
{
    /// <summary>A client that has been answered and stays silent so long has got the answer.</summary>
    public const ulong SilenceNanoseconds = 250_000_000;

    private const int MostAnswers = 200;

    private readonly ReportLines _lines = new();

    /// <summary>Returns the exit code: 1 if it cannot listen, or nobody sent anything in time.</summary>
    public int Run()
    {
        Socket? socket = Listen();
        if (socket is null)
            return 1;
        DatagramReceiver receiver = new(socket, options.Amount == 0 ? ulong.MaxValue : options.Amount);
        ReceiveWindow window = new();
        if (!receiver.WaitForFirst())
        {
            _lines.PrintFailure("read"u8, Errno.Last);
            return 1;
        }
        do
        {
            PrintClient(socket, receiver);
            window.Open();
            receiver.Run();
            window.Close();
            Finish(socket, receiver);
        }
        while (receiver.TryTurnToNext());
        if (options.IsJson)
            window.Print(receiver);
        return socket.Close();
    }

    private Socket? Listen()
    {
        Socket? socket = Socket.Open(SocketKind.Datagram);
        if (socket is null)
            _lines.PrintFailure("socket"u8, Errno.Last);
        else if (socket.Bind(0, options.Port) < 0 || socket.SetReceiveTimeout(options.PatienceMilliseconds * 1_000_000) < 0)
            _lines.PrintFailure("bind"u8, Errno.Last);
        else
        {
            _lines.PrintListening(options.Port);
            return socket;
        }
        return null;
    }

    private void PrintClient(Socket socket, DatagramReceiver receiver)
    {
        SocketAddress local = default;
        _ = socket.GetLocalAddress(ref local); // for the screen only
        _lines.PrintConnected(local, receiver.Client);
    }

    private void Finish(Socket socket, DatagramReceiver receiver)
    {
        ServerReport report = receiver.Counts.ToReport();
        if (receiver.HasFinal)
            Answer(socket, receiver, report);
        _lines.PrintReceived(report);
        if (receiver.HasSuccessor)
            _lines.PrintGivenUp();
    }

    // The client repeats its final datagram until an answer reaches it: every repetition gets the same one.
    private static void Answer(Socket socket, DatagramReceiver receiver, ServerReport report)
    {
        byte[] packet = new byte[ServerReport.FullSize];
        SocketAddress client = receiver.Client;
        _ = socket.SetReceiveTimeout(SilenceNanoseconds);
        for (int answers = 0; answers < MostAnswers; answers++)
        {
            receiver.Last.Slice(0, DatagramHeader.Size).CopyTo(packet);
            report.Write(packet);
            _ = socket.SendTo(packet, ref client); // lost or not, the client asks again
            if (!receiver.WaitForFinal())
                break;
        }
    }
}
