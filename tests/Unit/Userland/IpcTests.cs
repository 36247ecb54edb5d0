// Messages, notifications, and that the hosted kernel stands for the real one. Next: PeerCostsTests.cs
using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RingOS.Abi;
using RingOS.Primitives;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class IpcTests : FakeKernel
{
    private SyscallNumber _number;
    private ulong _first;
    private ulong _second;
    private long _result;
    private ulong _badge = 42;

    public IpcTests() => Syscall.Kernel = this;

    [Fact]
    public void MessageRegistersAreFiveWords() => Assert.Equal(MessageRegisters.Size, Unsafe.SizeOf<MessageRegisters>());

    [Fact]
    public void AMessageCarriesHandleAndWords()
    {
        MessageRegisters message = new() { Word0 = 1, Word1 = 2, Word2 = 3, Word3 = 4, Badge = 99 };
        Assert.Equal(Status.Ok, new Endpoint(6).Call(ref message));
        Assert.Equal((SyscallNumber.Call, 6u), (_number, _first));
        Assert.Equal((42u, 2u, 3u, 4u, 5u), (message.Badge, message.Word0, message.Word1, message.Word2, message.Word3));
        Assert.False(message.IsNotification);
        Assert.Equal(Status.Ok, new Endpoint(3).ReplyReceive(ref message));
        Assert.Equal((SyscallNumber.ReplyReceive, 3u), (_number, _first));
        Assert.Equal(Status.Ok, new Endpoint(3).Receive(ref message));
        Assert.Equal(SyscallNumber.Receive, _number);
    }

    [Fact]
    public void ANotificationIsToldFromACaller()
    {
        _badge = RingOS.Abi.Message.NotificationBadge;
        MessageRegisters message = default;
        Assert.Equal(Status.Ok, new Endpoint(3).Receive(ref message));
        Assert.True(message.IsNotification);
    }

    [Fact]
    public void FailuresComeBackAsStatus()
    {
        _result = -(long)Status.PeerGone;
        MessageRegisters message = default;
        Assert.Equal(Status.PeerGone, new Endpoint(6).Call(ref message));
        _result = -(long)Status.TimedOut;
        Assert.Equal(Status.TimedOut, new Notification(5).Wait(1000, out ulong bits));
        Assert.Equal(0u, bits);
        _result = -(long)Status.BadHandle;
        Assert.Equal(Status.BadHandle, new InterruptHandle(4).Acknowledge());
    }

    [Fact]
    public void NotificationsCarryBits()
    {
        _result = 0;
        Assert.Equal(Status.Ok, new Notification(5).Signal(6));
        Assert.Equal((SyscallNumber.Signal, 5u, 6u), (_number, _first, _second));
        _result = 9;
        Assert.Equal(Status.Ok, new Notification(5).Wait(1000, out ulong bits));
        Assert.Equal((SyscallNumber.Wait, 5u, 1000u, 9u), (_number, _first, _second, bits));
    }

    [Theory]
    [InlineData(256 * 60 + 1000, 1000, 60)]
    [InlineData(256 * 60 + 1127, 1000, 60)]
    [InlineData(900, 1000, 0)]
    public void PrimitivesSubtractTheLoop(ulong ticks, ulong loop, ulong expected)
        => Assert.Equal(expected, Stopwatch.PerTurn(ticks, loop, 256));

    [Theory]
    [InlineData(1016, 210, 298)]
    [InlineData(421, 210, 1)]
    [InlineData(400, 210, 0)]
    public void ASwitchIsHalfOfWhatIsNotSystemCalls(ulong roundTrip, ulong signalAndWait, ulong expected)
        => Assert.Equal(expected, PrimitivesCommand.SwitchTicks(roundTrip, signalAndWait));

    [Fact]
    public void TheFakeHasEveryMemberOfTheRealThing()
    {
        string source = File.ReadAllText(Path.Combine(Root(), "userland/lib/native/Syscall.cs"));
        string[] real = Regex.Matches(source, @"public static (\w+) (\w+)\(([^)]*)\)").Select(Signature).Order().ToArray();
        string[] fake = typeof(Syscall).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => !method.IsSpecialName).Select(Signature).Order().ToArray();
        Assert.NotEmpty(real);
        Assert.Equal(real, fake);
    }

    [Fact]
    public void UnsafeCodeLivesInNativeAlone()
    {
        string userland = Path.Combine(Root(), "userland");
        string native = Path.Combine(userland, "lib", "native");
        string[] offenders = Directory.GetFiles(userland, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.StartsWith(native, StringComparison.Ordinal))
            .Where(file => Regex.IsMatch(Code(file), @"\bunsafe\b|\bstackalloc\b|\bfixed\s*\("))
            .ToArray();
        Assert.Empty(offenders);
    }

    public override long Message(SyscallNumber number, ref MessageRegisters registers)
    {
        _number = number;
        _first = registers.Badge;
        if (_result < 0)
            return _result;
        registers.Badge = _badge;
        registers.Word0++;
        registers.Word1++;
        registers.Word2++;
        registers.Word3++;
        return 0;
    }

    public override long Invoke(SyscallNumber number, ulong first, ulong second)
    {
        (_number, _first, _second) = (number, first, second);
        return _result;
    }

    private static string Code(string file) => Regex.Replace(File.ReadAllText(file), @"//.*", "");

    private static string Signature(Match match)
    {
        string[] types = match.Groups[3].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter[..parameter.LastIndexOf(' ')]).ToArray();
        return $"{match.Groups[1].Value} {match.Groups[2].Value}({string.Join(", ", types)})";
    }

    private static string Signature(MethodInfo method)
    {
        string parameters = string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)));
        return $"{Name(method.ReturnType)} {method.Name}({parameters})";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
            return "ref " + Name(type.GetElementType()!);
        if (type.IsGenericType)
            return $"{type.Name[..type.Name.IndexOf('`')]}<{Name(type.GetGenericArguments()[0])}>";
        return type.Name switch
        {
            "Int64" => "long",
            "UInt64" => "ulong",
            "Int32" => "int",
            "Byte" => "byte",
            "Void" => "void",
            string other => other,
        };
    }

    private static string Root([CallerFilePath] string thisFile = "")
    {
        DirectoryInfo? folder = new(Path.GetDirectoryName(thisFile)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Build.props")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
