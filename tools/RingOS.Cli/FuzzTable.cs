// What the kernel answered to the fuzzer, a row a system call. Back to: FuzzCommand.cs
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RingOS.Abi;
using RingOS.Host.Fuzz;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Calls by number, and their answers.</summary>
internal static class FuzzTable
{
    private const int NoSuchCall = (int)SyscallNumber.ReplyReceive + 1;

    public static Table Of(IReadOnlyList<AnswerCount> answers)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("system call");
        table.AddColumn(new TableColumn("calls").RightAligned()).AddColumn(new TableColumn("succeeded").RightAligned()).AddColumn("failed with");
        foreach (IGrouping<int, AnswerCount> call in answers.GroupBy(static answer => answer.Number).OrderBy(static call => call.Key))
        {
            table.AddRow(
                call.Key == NoSuchCall ? "(no such call)" : ((SyscallNumber)call.Key).ToString(),
                Number(call.Sum(static answer => answer.Count)),
                Number(call.Where(static answer => answer.Status == 0).Sum(static answer => answer.Count)),
                string.Join(", ", call.Where(static answer => answer.Status != 0).OrderByDescending(static answer => answer.Count)
                    .Select(static answer => $"{(Abi.Status)answer.Status} {Number(answer.Count)}")));
        }
        return table;
    }

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
