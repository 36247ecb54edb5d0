// Runs the line number programs of an image. DWARF 4, section 6.2; NASM writes version 3, ILC version 4. Next: LineCursor.cs
using System;
using System.Collections.Generic;

namespace RingOS.Host.Tracing;

/// <summary>Where the code of a source line begins.</summary>
/// <param name="Address">As linked.</param>
/// <param name="File">As the compiler named it.</param>
/// <param name="Line">From 1; 0 where the code ends or belongs to no line.</param>
public readonly record struct LineRow(ulong Address, string File, int Line);

/// <summary>One line number program: a small machine whose registers are an address, a file and a line.</summary>
public ref struct LineProgram
{
    private const byte ExtendedOpcode = 0;
    private const byte FirstVersionWithOperations = 4;
    private const byte NewestVersion = 4;

    private readonly List<LineRow> _rows;
    private readonly List<string> _folders = [""];
    private readonly List<string> _files = [""];
    private LineCursor _cursor;
    private byte[] _argumentCounts = [];
    private byte _minimumLength;
    private sbyte _lineBase;
    private byte _lineRange;
    private ulong _address;
    private int _file = 1;
    private int _line = 1;

    private LineProgram(ReadOnlySpan<byte> unit, List<LineRow> rows)
    {
        _cursor = new LineCursor(unit);
        _rows = rows;
    }

    /// <summary>The rows of all programs in a .debug_line section, each sequence ended by a row without a line.</summary>
    /// <exception cref="NotSupportedException">A program is of a version this reader does not know.</exception>
    /// <exception cref="ArgumentException">The section is damaged.</exception>
    public static List<LineRow> ReadAll(ReadOnlySpan<byte> section)
    {
        List<LineRow> rows = [];
        LineCursor units = new(section);
        while (!units.IsAtEnd)
        {
            LineProgram program = new(units.Take(checked((int)units.Word())), rows);
            program.ReadHeader();
            program.Run();
        }
        return rows;
    }

    private void ReadHeader()
    {
        ushort version = _cursor.Half();
        if (version is < 2 or > NewestVersion)
            throw new NotSupportedException($"its line numbers are of DWARF version {version}, not 2 to {NewestVersion}");
        int headerLength = checked((int)_cursor.Word());
        int programStart = _cursor.Position + headerLength;
        _minimumLength = _cursor.Byte();
        if (version >= FirstVersionWithOperations)
            _ = _cursor.Byte(); // maximum_operations_per_instruction, 1 but for VLIW machines
        _ = _cursor.Byte(); // default_is_stmt
        _lineBase = (sbyte)_cursor.Byte();
        _lineRange = _cursor.Byte();
        _argumentCounts = _cursor.Take(_cursor.Byte() - 1).ToArray();
        ReadNames();
        _cursor.Position = programStart;
    }

    private void ReadNames()
    {
        for (string folder; (folder = _cursor.Text()).Length > 0;)
            _folders.Add(folder);
        for (string file; (file = _cursor.Text()).Length > 0;)
        {
            string folder = _folders[(int)_cursor.Unsigned()];
            _ = _cursor.Unsigned(); // time
            _ = _cursor.Unsigned(); // length
            _files.Add(folder.Length == 0 ? file : $"{folder}/{file}");
        }
    }

    private void Run()
    {
        while (!_cursor.IsAtEnd)
        {
            byte opcode = _cursor.Byte();
            if (opcode == ExtendedOpcode)
                RunExtended();
            else if (opcode > _argumentCounts.Length)
                RunSpecial(opcode - _argumentCounts.Length - 1);
            else
                RunStandard(opcode);
        }
    }

    private void RunSpecial(int adjusted)
    {
        _address += (ulong)(adjusted / _lineRange * _minimumLength);
        _line += _lineBase + (adjusted % _lineRange);
        AddRow();
    }

    private void RunStandard(byte opcode)
    {
        switch (opcode)
        {
            case 1: // DW_LNS_copy
                AddRow();
                break;
            case 2: // DW_LNS_advance_pc
                _address += _cursor.Unsigned() * _minimumLength;
                break;
            case 3: // DW_LNS_advance_line
                _line += (int)_cursor.Signed();
                break;
            case 4: // DW_LNS_set_file
                _file = (int)_cursor.Unsigned();
                break;
            case 8: // DW_LNS_const_add_pc
                _address += (ulong)((byte.MaxValue - _argumentCounts.Length - 1) / _lineRange * _minimumLength);
                break;
            case 9: // DW_LNS_fixed_advance_pc
                _address += _cursor.Half();
                break;
            default:
                for (int i = 0; i < _argumentCounts[opcode - 1]; i++)
                    _ = _cursor.Unsigned();
                break;
        }
    }

    private void RunExtended()
    {
        int length = checked((int)_cursor.Unsigned());
        int end = _cursor.Position + length;
        switch (_cursor.Byte())
        {
            case 1: // DW_LNE_end_sequence
                _rows.Add(new LineRow(_address, "", 0));
                (_address, _file, _line) = (0, 1, 1);
                break;
            case 2: // DW_LNE_set_address
                _address = _cursor.Quad();
                break;
            default:
                break;
        }
        _cursor.Position = end;
    }

    private readonly void AddRow() => _rows.Add(new LineRow(_address, _files[_file], _line));
}
