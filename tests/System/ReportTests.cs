// The report page as a browser shows it. Page: tools/RingOS.Host/Report/ReportPage.cs. Next: LadderTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Report;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Headless Chromium renders; it is told to reach nothing.</summary>
public sealed partial class ReportTests : IDisposable
{
    private const int Width = 1000;
    private const int Height = 3000;

    // Finds texts of a chart that cover one another or leave it, and a page wider than its window.
    private const string Examine = """
        <script>
        const found = [];
        for (const chart of document.querySelectorAll('svg[role=img]')) {
          const frame = chart.getBoundingClientRect();
          const boxes = [...chart.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
          boxes.forEach(([name, box], i) => {
            if (box.width === 0) found.push('unpainted: ' + name);
            if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 2) found.push('outside: ' + name);
            for (const [other, their] of boxes.slice(i + 1))
              if (box.left + 1 < their.right && their.left + 1 < box.right && box.top + 3 < their.bottom && their.top + 3 < box.bottom)
                found.push('overlap: ' + name + ' and ' + other);
          });
        }
        if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the window');
        document.body.innerHTML = '<pre id="found">' + found.length + '\n' + found.join('\n') + '</pre>';
        </script>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ringos-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ThePagePaintsWithoutComplaint()
    {
        string picture = Path.Combine(_folder, "page.png");

        string said = await ChromiumAsync(ReportPage.Format(ReportSample.Full()), "--enable-logging=stderr", $"--screenshot={picture}");

        Assert.True(File.Exists(picture), said);
        Assert.DoesNotContain("CONSOLE", said, StringComparison.Ordinal);
        Assert.DoesNotContain("net::ERR", said, StringComparison.Ordinal);
        HashSet<int> colours = ColoursOf(File.ReadAllBytes(picture));
        // The first chart's fills: the stack, the driver and the link are there, not only text.
        Assert.Empty(new[] { 0xE69F00, 0x009E73, 0xD55E00, 0x56B4E9, 0xFFFFFF }.Except(colours));
    }

    [Fact]
    public async Task NoTextCoversAnother()
    {
        string page = ReportPage.Format(ReportSample.Full()).Replace("</body>", Examine + "</body>", StringComparison.Ordinal);

        string shown = WebUtility.HtmlDecode(FoundText().Match(await ChromiumAsync(page, "--dump-dom")).Groups[1].Value);

        Assert.Equal("0", shown.Trim());
    }

    private async Task<string> ChromiumAsync(string page, params string[] arguments)
    {
        string file = Path.Combine(_folder, "page.html");
        await File.WriteAllTextAsync(file, page);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(120));
        ToolResult result = await ExternalTool.RunAsync(
            "chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND",
                $"--user-data-dir={Path.Combine(_folder, "profile")}", $"--window-size={Width},{Height}",
                .. arguments, new Uri(file).AbsoluteUri,
            ],
            patience.Token);
        return result.ExitCode == 0 ? result.Output : throw new RingOsException(result.Output);
    }

    // A PNG of 8 bits a channel, as Chromium writes them. W3C PNG specification, sections 7 and 9.
    private static HashSet<int> ColoursOf(byte[] png)
    {
        int channels = png[25] == 6 ? 4 : 3;
        int stride = Width * channels;
        using ZLibStream inflated = new(new MemoryStream(DataOf(png)), CompressionMode.Decompress);
        byte[] above = new byte[stride];
        byte[] row = new byte[stride];
        HashSet<int> colours = [];
        for (int filter; (filter = inflated.ReadByte()) >= 0; (above, row) = (row, above))
        {
            inflated.ReadExactly(row);
            Unfilter(filter, row, above, channels);
            for (int i = 0; i < stride; i += channels)
                colours.Add((row[i] << 16) | (row[i + 1] << 8) | row[i + 2]);
        }
        return colours;
    }

    private static byte[] DataOf(byte[] png)
    {
        const int Signature = 8;
        using MemoryStream data = new();
        for (int at = Signature, length; at < png.Length; at += length + 12)
        {
            length = (png[at] << 24) | (png[at + 1] << 16) | (png[at + 2] << 8) | png[at + 3];
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                data.Write(png, at + 8, length);
        }
        return data.ToArray();
    }

    private static void Unfilter(int filter, byte[] row, byte[] above, int channels)
    {
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < channels ? 0 : row[i - channels];
            int corner = i < channels ? 0 : above[i - channels];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Nearest(left, above[i], corner),
                _ => 0,
            });
        }
    }

    private static int Nearest(int left, int up, int corner)
    {
        int guess = left + up - corner;
        int toLeft = Math.Abs(guess - left);
        int toUp = Math.Abs(guess - up);
        int toCorner = Math.Abs(guess - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    [GeneratedRegex("<pre id=\"found\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex FoundText();
}
