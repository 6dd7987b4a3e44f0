using System.Runtime.InteropServices;

namespace DiffSeg.Offline;

/// <summary>
/// Makes the packages of ONNX Runtime from its npm distribution: the official C# binding, compiled here, and the
/// official native library.
/// </summary>
internal static class OnnxRuntimePackages
{
    /// <summary>The version of ONNX Runtime inside the npm package.</summary>
    public const string Version = "1.29.0";

    public static NpmPackage Npm { get; } = new("com.github.asus4.onnxruntime", "0.4.9",
        "BkzxduSZ9IkeDP6Q8lz2TFU2ie7hSSvS7ZIfzMooExoq0CNzJnuuGaUJ7IsojBgqO4ouD1jXah8OYyJbCN29Fg==");

    public static NpmPackage NpmCuda { get; } = new("com.github.asus4.onnxruntime.linux-x64-gpu", "0.4.9",
        "FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==");

    public const string Advice =
        "Either make npm able to fetch it, or add a NuGet source that has ONNX Runtime, or build with -p:OnnxRuntime=Cpu if the sources have at least Microsoft.ML.OnnxRuntime.";

    /// <summary>Makes Managed, Cpu and Gpu packages in a feed.</summary>
    public static void Make(House house, Wish wish, string feed, string work)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new DecisionException(
                $"The package sources of this machine lack ONNX Runtime, and it can be made from npm only on Linux x64, not on {RuntimeInformation.RuntimeIdentifier}. " +
                "Add a NuGet source that has Microsoft.ML.OnnxRuntime" + (wish.OnnxRuntime == "Gpu" ? ".Gpu, or build with -p:OnnxRuntime=Cpu." : "."));
        }

        foreach ((string id, string wanted) in wish.Packages(Family.OnnxRuntime))
        {
            if (System.Version.Parse(wanted) > System.Version.Parse(Version))
            {
                throw new DecisionException($"Directory.Packages.props asks for {id} {wanted}, but the npm package {Npm} has ONNX Runtime {Version}.");
            }
        }

        string content = Path.Combine(work, "npm", "content");
        string archive = Npm.Fetch(Path.Combine(work, "npm", "archive"), Advice);
        NpmPackage.Extract(archive, content, Place);
        File.Delete(archive);
        if (wish.Cuda)
        {
            archive = NpmCuda.Fetch(Path.Combine(work, "npm", "cuda"), "Unset DIFFSEG_CUDA to do without it.");
            NpmPackage.Extract(archive, content, Place);
            File.Delete(archive);
        }

        Pack(house, "Managed", content, feed, work);
        Pack(house, "Native", content, feed, work, "-p:NativeId=Microsoft.ML.OnnxRuntime");
        Pack(house, "Native", content, feed, work, "-p:NativeId=Microsoft.ML.OnnxRuntime.Gpu", $"-p:WithCuda={(wish.Cuda ? "true" : "false")}");
    }

    /// <summary>Where a file of the archive is wanted, or null.</summary>
    public static string? Place(string name)
    {
        const string root = "package/";
        if (!name.StartsWith(root, StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal))
        {
            return null;
        }

        string path = name[root.Length..];
        return path switch
        {
            "LICENSE" or "ThirdPartyNotices.txt" => path,
            _ when path.StartsWith("Runtime/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal) => path,
            _ when path.StartsWith("Plugins/Linux/x64/", StringComparison.Ordinal) && path.EndsWith(".so", StringComparison.Ordinal) => path,
            _ => null,
        };
    }

    private static void Pack(House house, string project, string content, string feed, string work, params IEnumerable<string> properties)
    {
        Answer pack = Call.Dotnet(house.OnnxRuntime, ["pack", Path.Combine(house.OnnxRuntime, project, project + ".csproj"),
            "--artifacts-path", Path.Combine(work, "onnxruntime"), "--output", feed, "-p:Version=" + Version, "-p:NpmContent=" + content,
            "-p:RestorePackagesPath=" + Path.Combine(work, Probe.PackagesFolder), .. properties]);
        if (pack.ExitCode != 0)
        {
            throw new DecisionException($"The {project} package of ONNX Runtime could not be made from {Npm}.", pack.Output);
        }
    }
}
