// The hub's page, of a short real run, as a browser shows it. Page: tools/RingOS.Hub/Report/HubReport.cs. Next: HubTests.cs
using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Hub;
using RingOS.Hub.Report;
using Xunit;

namespace RingOS.Tests.System;

/// <summary>Headless Chromium renders; it is told to reach nothing.</summary>
public sealed class HubReportTests : IClassFixture<SystemFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ringos-hub-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AShortRunPaintsWithoutComplaint()
    {
        HubOptions options = new() { Hosts = 2, Milliseconds = 30, Completion = "wait" };
        using HubExperiment experiment = new(options);
        HubResult result = await experiment.RunAsync(CancellationToken.None);
        Assert.All(result.Hosts, static host => Assert.Null(host.Problem));
        string page = Path.Combine(_folder, "page.html");
        string picture = Path.Combine(_folder, "page.png");
        await File.WriteAllTextAsync(page, HubReport.Format(result));

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(120));
        ToolResult shown = await ExternalTool.RunAsync(
            "chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
                $"--user-data-dir={Path.Combine(_folder, "profile")}", "--window-size=1000,3000", $"--screenshot={picture}", new Uri(page).AbsoluteUri,
            ],
            patience.Token);

        Assert.Equal(0, shown.ExitCode);
        Assert.True(File.Exists(picture), shown.Output);
        Assert.DoesNotContain("CONSOLE", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("net::ERR", shown.Output, StringComparison.Ordinal);
    }
}
