// The boot archive goes into Cosmos's image, and a new one makes a new image. kernel/kits/Cosmos/BootArchive.targets is run with a fake
// of the two targets of Cosmos 3.0.82 that it hooks, with the real xorriso and a packer that writes what it was asked. Next: CosmosWrapTests.cs
using System;
using System.Diagnostics;
using System.IO;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Builds small images.</summary>
public sealed class CosmosIsoTests
{
    // LinkTarget, CheckIsoCache, BuildISO and _BuildIsoCore as in Cosmos.Build.Common.targets: who depends on whom, what is hashed, and
    // that xorriso gets FinalIsoRoot unquoted. Of the boot loader's files only the configuration is there.
    private const string FakeCosmos = """
        <Project DefaultTargets="BuildISO">
          <PropertyGroup>
            <ArtifactsPath>$(MSBuildProjectDirectory)/artifacts</ArtifactsPath>
            <IsoRoot>$(MSBuildProjectDirectory)/iso_root</IsoRoot>
            <FinalIsoRoot>$(IsoRoot)</FinalIsoRoot>
          </PropertyGroup>
          <Import Project="BootArchive.targets" />
          <Target Name="LinkTarget">
            <PropertyGroup><ElfBinary>$(MSBuildProjectDirectory)/kernel.elf</ElfBinary></PropertyGroup>
          </Target>
          <Target Name="CheckIsoCache" DependsOnTargets="LinkTarget">
            <ItemGroup><_IsoInputFiles Include="$(ElfBinary)" /></ItemGroup>
            <GetFileHash Files="@(_IsoInputFiles)"><Output TaskParameter="Items" ItemName="_Hashed" /></GetFileHash>
            <PropertyGroup>
              <_CurrentIsoHash>@(_Hashed->'%(FileHash)', '-')</_CurrentIsoHash>
              <_PreviousIsoHash Condition="Exists('iso-hash')">$([System.IO.File]::ReadAllText('$(MSBuildProjectDirectory)/iso-hash').Trim())</_PreviousIsoHash>
            </PropertyGroup>
          </Target>
          <Target Name="BuildISO" DependsOnTargets="CheckIsoCache">
            <CallTarget Targets="_BuildIsoCore" Condition="'$(_CurrentIsoHash)' != '$(_PreviousIsoHash)' OR !Exists('$(IsoOutput)')" />
          </Target>
          <Target Name="_BuildIsoCore">
            <RemoveDir Directories="$(IsoRoot)" />
            <MakeDir Directories="$(IsoRoot)/boot" />
            <Copy SourceFiles="$(ElfBinary)" DestinationFolder="$(IsoRoot)/boot" />
            <Exec Command="xorriso -as mkisofs -R -J $(FinalIsoRoot) -o $(IsoOutput)" />
            <WriteLinesToFile File="iso-hash" Lines="$(_CurrentIsoHash)" Overwrite="true" />
            <Message Importance="High" Text="a new image" />
          </Target>
        </Project>
        """;

    [Fact]
    public void TheArchiveIsInTheImageAndANewOneMakesANewImage()
    {
        using TemporaryFolder folder = Prepared(out string packed);

        Assert.Contains("a new image", Build(folder), StringComparison.Ordinal);
        Assert.Equal("first", FileIn(folder, "/boot/ringos.tar"));
        Assert.Equal("an image", FileIn(folder, "/boot/kernel.elf"));
        Assert.Equal("an image", File.ReadAllText(folder["artifacts/boot/cosmos.elf"]));

        Assert.DoesNotContain("a new image", Build(folder), StringComparison.Ordinal);

        File.WriteAllText(packed, "second");
        Assert.Contains("a new image", Build(folder), StringComparison.Ordinal);
        Assert.Equal("second", FileIn(folder, "/boot/ringos.tar"));
    }

    /// <summary>The archive has the symbols of the image that was just linked.</summary>
    [Fact]
    public void ThePackerIsGivenTheLinkedImage()
    {
        using TemporaryFolder folder = Prepared(out _);
        Build(folder);
        Assert.Equal($"archive --kernel {folder["artifacts/boot/cosmos.elf"]} --output {folder["artifacts/boot/cosmos.tar"]}",
            File.ReadAllText(folder["packer-arguments"]).Trim());
    }

    [Fact]
    public void WithoutThePackerTheBuildSaysHowToGetIt()
    {
        using TemporaryFolder folder = Prepared(out _);
        File.Delete(folder["artifacts/bin/RingOS.Cli/release/RingOS.Cli.dll"]);
        Assert.Contains("./ringos build", Build(folder, isExpectedToFail: true), StringComparison.Ordinal);
    }

    // `dotnet` on the PATH of the build is a script that stands for the packer: it keeps its arguments, and copies a file.
    private static TemporaryFolder Prepared(out string packed)
    {
        TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["artifacts/boot"]);
        Directory.CreateDirectory(folder["artifacts/bin/RingOS.Cli/release"]);
        Directory.CreateDirectory(folder["path"]);
        File.WriteAllText(folder["fake.proj"], FakeCosmos);
        File.WriteAllText(folder["BootArchive.targets"], SourceTree.Read("kernel/kits/Cosmos/BootArchive.targets"));
        File.WriteAllText(folder["artifacts/bin/RingOS.Cli/release/RingOS.Cli.dll"], "");
        File.WriteAllText(folder["kernel.elf"], "an image");
        packed = folder["packed"];
        File.WriteAllText(packed, "first");
        File.WriteAllText(folder["path/dotnet"], $"#!/bin/sh\nshift\necho \"$@\" > '{folder["packer-arguments"]}'\ncp '{packed}' \"$5\"\n");
        CosmosKitTests.Run("chmod", "+x", folder["path/dotnet"]);
        return folder;
    }

    private static string Build(TemporaryFolder folder, bool isExpectedToFail = false)
    {
        string path = Environment.GetEnvironmentVariable("PATH")!;
        string dotnet = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet";
        ProcessStartInfo start = new(dotnet, ["msbuild", folder["fake.proj"], "-nologo", "-v:m", "-nodeReuse:false", $"-p:Path={folder["path"]}:{path}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder["."],
        };
        start.Environment["PATH"] = $"{folder["path"]}:{path}";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 != isExpectedToFail, output);
        return output;
    }

    private static string FileIn(TemporaryFolder folder, string path)
    {
        string copy = folder["extracted"];
        File.Delete(copy);
        CosmosKitTests.Run("xorriso", "-osirrox", "on", "-indev", folder["artifacts/boot/cosmos.iso"], "-extract", path, copy);
        return File.ReadAllText(copy);
    }
}
