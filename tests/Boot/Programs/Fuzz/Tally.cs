// How often each call got each answer. Next: FuzzPlan.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>Counts; a digest of all answers says whether two runs were the same.</summary>
internal sealed class Tally
{
    private const int Numbers = (int)CallRegisters.NoSuchCall + 1; // the last for all that do not exist
    private const int Statuses = (int)Status.PeerGone + 1;

    private readonly uint[] _counts = new uint[Numbers * Statuses];

    public ulong Calls { get; private set; }

    public ulong Digest { get; private set; } = 0xCBF2_9CE4_8422_2325; // FNV-1a, over whole words

    public void Count(ulong call, SyscallNumber number, long result)
    {
        Calls++;
        Add(call);
        Add((ulong)number);
        Add((ulong)result);
        int row = (int)number;
        int column = result >= 0 ? 0 : (int)System.Math.Min(-result, Statuses - 1);
        _counts[(row * Statuses) + column]++;
    }

    public void Print(ulong process)
    {
        for (int row = 0; row < Numbers; row++)
        {
            for (int column = 0; column < Statuses; column++)
            {
                uint count = _counts[(row * Statuses) + column];
                if (count == 0)
                    continue;
                FuzzReport.Begin("fuzz tally: call {Number} answered {Status} {Count} times in process {Process}"u8)
                    .Add("Number"u8, (ulong)row).Add("Status"u8, (ulong)column).Add("Count"u8, count).Add("Process"u8, process).End();
            }
        }
    }

    private void Add(ulong word) => Digest = (Digest ^ word) * 0x0000_0100_0000_01B3;
}
