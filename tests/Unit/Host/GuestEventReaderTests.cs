// Every form a line of the serial port may take. Code: tools/RingOS.Host/Serial
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using RingOS.Host.Serial;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class GuestEventReaderTests
{
    [Fact]
    public void AllPartsOfTheFormAreRead()
    {
        LogEvent found = GuestEventReader.Read(
            """{"@t":"2026-01-01T00:00:00.0000001Z","@l":"Error","@mt":"nic {Nic} has {Count} {Big}","Nic":"e1000","""
            + """ "Count":-3,"Big":18446744073709551615,"@@id":7,"@i":"x"}""")!;
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1), found.Timestamp);
        Assert.Equal(LogEventLevel.Error, found.Level);
        Assert.Equal("nic \"e1000\" has -3 18446744073709551615", found.RenderMessage(CultureInfo.InvariantCulture));
        Assert.Equal(-3, found.Number("Count"));
        Assert.Equal(7, found.Number("@id"));
        Assert.Null(found.Number("Nic"));
        Assert.Null(found.Number("i"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"@mt\":7}")]
    [InlineData("[1]")]
    [InlineData("{\"@mt\":\"cut sho")]
    public void AnythingElseIsPlainOutput(string line) => Assert.Null(GuestEventReader.Read(line));

    [Fact]
    public void AnEventWithoutLevelIsInformationalAndBracesOfAMessageStay()
    {
        LogEvent found = GuestEventReader.Read("""{"@m":"set {x}","Nested":{"A":[1,true,null,1.5]}}""")!;
        Assert.Equal(LogEventLevel.Information, found.Level);
        Assert.Equal("set {x}", found.RenderMessage(CultureInfo.InvariantCulture));
        Assert.Equal("{ A: [1, True, null, 1.5] }", found.Properties["Nested"].ToString(null, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void WhatSerilogWritesComesBack()
        => Gen.Select(Gen.Long, Gen.String, Gen.Enum<LogEventLevel>()).Sample((number, word, level) =>
        {
            StringWriter text = new();
            LoggerConfiguration configuration = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new TextSink(text));
            using (Serilog.Core.Logger log = configuration.CreateLogger())
                log.Write(level, "{Number} and {Word}", number, word);
            LogEvent back = GuestEventReader.Read(text.ToString().TrimEnd('\n', '\r'))!;
            return back.Level == level && back.Number("Number") == number && back.Word("Word") == word;
        });

    [Fact]
    public async Task ALineMayComeInPiecesAndIsCutWhenItNeverEnds()
    {
        List<SerialLine> live = [];
        SerialReader reader = new(live.Add);
        byte[] text = Encoding.UTF8.GetBytes("ab\r\n\n" + new string('x', SerialReader.LongestLine + 1) + "\nend");
        await reader.ReadAsync(new OneByteStream(text));
        Assert.Equal([2, 0, SerialReader.LongestLine, 1, 3], reader.Lines.Select(line => line.Text.Length));
        Assert.Equal(reader.Lines, live);
    }

    private sealed class TextSink(TextWriter output) : Serilog.Core.ILogEventSink
    {
        private readonly CompactJsonFormatter _formatter = new();

        public void Emit(LogEvent logEvent) => _formatter.Format(logEvent, output);
    }

    private sealed class OneByteStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, System.Threading.CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(1, buffer.Length)], cancellationToken);
    }
}
