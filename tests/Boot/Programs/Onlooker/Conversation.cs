// Program and service: messages of four words each way, and not a word more. Next: Requests.cs
using RingOS.Abi;

namespace RingOS.Test.Onlooker;

/// <summary>Word 0 of a message counts them; the last one asks the service what it has seen.</summary>
internal static class Conversation
{
    /// <summary>Registers that a message can change: badge and words.</summary>
    public const int Registers = 5;

    private const ulong OwnOfProgram = 0x0A11_0000_C11E_0000;
    private const ulong OwnOfService = 0x5EC2_0000_5E2F_0000;
    private const ulong Turns = 50;
    private const ulong Finish = ulong.MaxValue;
    private const ulong Badge = 1;
    private const ulong WrongWords = 90;
    private const ulong WrongAnswer = 91;

    /// <summary>The program's side, by each way in turn; 0, or the first verdict: that of the service plus 100.</summary>
    /// <param name="segment">A data segment of the program's ring, or one that is null.</param>
    /// <param name="hasGates">The two other ways are open.</param>
    public static ulong Hold(ulong segment, bool hasGates)
    {
        Onlooker self = new(OwnOfProgram, segment);
        for (ulong turn = 1; turn <= Turns; turn++)
        {
            Request call = Message(SyscallNumber.Call, WellKnownHandle.NicEndpoint, turn, OwnOfProgram);
            call.Way = hasGates ? (Way)(turn % 3) : Way.Syscall;
            self.AskForMessage(call);
            self.Require(self.Answer == 0, WrongAnswer);
            self.Require(AreWords(self, WellKnownHandle.NicEndpoint, turn, OwnOfService), WrongWords);
            self.Ask(Request.Of(SyscallNumber.Sleep, 1));
        }
        self.AskForMessage(Message(SyscallNumber.Call, WellKnownHandle.NicEndpoint, Finish, OwnOfProgram));
        ulong verdict = self.Word(1);
        return self.Wrong != 0 ? self.Wrong : verdict == 0 ? 0 : verdict + 100;
    }

    /// <summary>The service's side.</summary>
    public static int Serve(ulong segment, bool hasGates)
    {
        Onlooker self = new(OwnOfService, segment);
        self.AskForMessage(Request.Of(SyscallNumber.Receive, WellKnownHandle.OwnEndpoint));
        while (self.Answer == 0 && self.Word(1) != Finish)
        {
            ulong turn = self.Word(1);
            self.Require(AreWords(self, Badge, turn, OwnOfProgram), WrongWords);
            self.Ask(Request.Of(SyscallNumber.Null));
            Request reply = Message(SyscallNumber.ReplyReceive, WellKnownHandle.OwnEndpoint, turn, OwnOfService);
            reply.Way = hasGates ? (Way)(turn % 3) : Way.Syscall;
            self.AskForMessage(reply);
        }
        self.AskForMessage(Message(SyscallNumber.ReplyReceive, WellKnownHandle.OwnEndpoint, self.Wrong, OwnOfService));
        return 1; // the program has ended
    }

    private static Request Message(SyscallNumber number, ulong handle, ulong word0, ulong own)
        => new() { Number = (ulong)number, Rdi = handle, Rsi = word0, Rdx = own + 0x101, R10 = own + 0x102, R8 = own + 0x103 };

    private static bool AreWords(Onlooker self, ulong first, ulong word0, ulong own)
        => self.Word(0) == first && self.Word(1) == word0 && self.Word(2) == own + 0x101 && self.Word(3) == own + 0x102 && self.Word(4) == own + 0x103;
}
