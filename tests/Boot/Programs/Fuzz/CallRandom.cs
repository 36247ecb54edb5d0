// Numbers that depend on the seed, the process and the call alone, so that a call is the same whichever others were left out.
// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014: SplitMix64. Next: Arena.cs
namespace RingOS.Test.Fuzz;

/// <summary>The random numbers of one call.</summary>
internal sealed class CallRandom
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    private ulong _state;

    public void Begin(ulong seed, ulong process, ulong call) => _state = Mix(Mix(Mix(seed + Golden) ^ process) ^ call);

    public ulong Next() => Mix(_state += Golden);

    /// <summary>0 to <paramref name="limit"/> - 1; 0 for a limit of 0.</summary>
    public ulong Below(ulong limit) => limit == 0 ? 0 : (Next() >> 1) % limit;

    public bool OneIn(ulong count) => Below(count) == 0;

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
