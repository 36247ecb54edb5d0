// From the command line's word to an attack and what came of it. Next: Attacks.asm, WaysOut.asm, Survey.cs, WaysIn.cs
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RingOS.Abi;

namespace RingOS.Test.Attacker;

/// <summary>One attack. Its first result is 1 once it is over; it stays 0 if the attacker has died of it.</summary>
internal sealed unsafe class Attack
{
    private const int ScratchLength = 64;
    private const int FirstValue = 1;

    private readonly byte[] _name;
    private readonly ulong _address;
    private readonly ulong _ownPage;
    private readonly byte[] _scratch = new byte[ScratchLength];
    private readonly ulong[] _results = new ulong[(int)NicCounter.Count];

    /// <param name="text">Its name, and after an "@" the address it is about, in hexadecimal.</param>
    /// <param name="ownPage">A page of the attacker's own.</param>
    public Attack(ReadOnlySpan<byte> text, ulong ownPage)
    {
        int length = NameLength(text);
        _name = new byte[length];
        text.Slice(0, length).CopyTo(_name);
        _address = AddressIn(text.Slice(length));
        _ownPage = ownPage;
    }

    public ulong Result(int index) => (uint)index < (uint)_results.Length ? _results[index] : 0;

    public void Run()
    {
        Span<ulong> values = new Span<ulong>(_results).Slice(FirstValue);
        if (Is("survey"u8))
            new Survey(_address).Fill(values, _ownPage);
        else if (Is("ways-in"u8))
            WaysIn.Compare(values, _address);
        else if (Is("ways-in-often"u8))
            values[0] = WaysIn.Repeat(_address);
        else if (FindRoutine() is var routine && routine != null)
            values[0] = routine(_address, Scratch());
        else
            return;
        _results[0] = 1;
    }

    private bool Is(ReadOnlySpan<byte> name) => new ReadOnlySpan<byte>(_name).SequenceEqual(name);

    private ulong Scratch() => (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(new Span<byte>(_scratch)));

    private delegate*<ulong, ulong, ulong> FindRoutine()
    {
        delegate*<ulong, ulong, ulong> routine = FindRoutine(Attacks());
        return routine != null ? routine : FindRoutine(WaysOut());
    }

    private delegate*<ulong, ulong, ulong> FindRoutine(Entry* table)
    {
        for (Entry* entry = table; entry->Name != null; entry++) // SAFETY: the table ends with a null name.
        {
            int length = 0;
            while (entry->Name[length] != 0) // SAFETY: names end with NUL.
                length++;
            if (Is(new ReadOnlySpan<byte>(entry->Name, length)))
                return entry->Routine;
        }
        return null;
    }

    private static int NameLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && text[length] != (byte)'@')
            length++;
        return length;
    }

    // "@ffff8000"; the test writes hexadecimal.
    private static ulong AddressIn(ReadOnlySpan<byte> text)
    {
        ulong address = 0;
        for (int i = 1; i < text.Length; i++)
            address = (address << 4) | (uint)(text[i] <= (byte)'9' ? text[i] - '0' : text[i] - 'a' + 10);
        return address;
    }

    [RuntimeImport("*", "attack_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Entry* Attacks();

    [RuntimeImport("*", "ways_out_list"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern Entry* WaysOut();

    // A line of one of the tables.
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public byte* Name;
        public delegate*<ulong, ulong, ulong> Routine;
    }
}
