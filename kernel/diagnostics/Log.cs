// Kernel events: one JSON object a line in Serilog's compact form, so that a guest event is a Serilog event on the host.
// https://github.com/serilog/serilog-formatting-compact  Next: KernelPanic.cs
using System;
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Diagnostics;

/// <summary>Writes one event at a time: Begin, any number of properties, End. Never from a hot path.</summary>
public sealed class Log(WallClock clock)
{
    public Log Information(string template) => Begin("Information", template);

    public Log Warning(string template) => Begin("Warning", template);

    public Log Error(string template) => Begin("Error", template);

    public Log With(string name, ulong value)
    {
        Name(name);
        TextOutput.WriteDecimal(value);
        return this;
    }

    public Log WithHexadecimal(string name, ulong value)
    {
        Name(name);
        TextOutput.Write("\"");
        TextOutput.WriteHexadecimal(value);
        TextOutput.Write("\"");
        return this;
    }

    public Log With(string name, string value)
    {
        Name(name);
        TextOutput.Write("\"");
        for (int i = 0; i < value.Length; i++)
            WriteEscaped((byte)value[i]);
        TextOutput.Write("\"");
        return this;
    }

    public Log With(string name, byte[] value) => With(name, new ReadOnlySpan<byte>(value));

    public Log With(string name, ReadOnlySpan<byte> value)
    {
        Name(name);
        TextOutput.Write("\"");
        for (int i = 0; i < value.Length; i++)
            WriteEscaped(value[i]);
        TextOutput.Write("\"");
        return this;
    }

    public void End() => TextOutput.Write("}\n");

    private static void Name(string name)
    {
        TextOutput.Write(",\"");
        TextOutput.Write(name);
        TextOutput.Write("\":");
    }

    private static void WriteEscaped(byte value)
    {
        if (value is (byte)'"' or (byte)'\\')
            SerialPort.Write((byte)'\\');
        SerialPort.Write(value is < 0x20 or > 0x7E ? (byte)'?' : value);
    }

    private Log Begin(string level, string template)
    {
        TextOutput.Write("{\"@t\":\"");
        clock.WriteTimestamp();
        TextOutput.Write("\"");
        With("@l", level);
        With("@mt", template);
        return this;
    }
}
