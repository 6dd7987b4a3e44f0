using System.Reflection;
using DiffSeg.MLNet.Images;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Masks;

/// <summary>What an exception says about a row: whose fault it is, and why in one line.</summary>
internal static class RowFailure
{
    // ML.NET's words around what a cursor threw on a thread that reads ahead.
    private const string ReadAhead = "Splitter/consolidator worker";

    /// <summary>Whose fault it is. What is not known to be the machine's is the row's.</summary>
    public static SegmentationFault FaultOf(Exception problem) => problem switch
    {
        SegmentationException known => known.Fault,
        PictureFileException picture => picture.Fault,
        _ when IsOfMachine(problem) => SegmentationFault.Machine,
        AggregateException several => several.InnerExceptions.Any(inner => FaultOf(inner) == SegmentationFault.Machine)
            ? SegmentationFault.Machine
            : SegmentationFault.Row,
        { InnerException: { } inner } => FaultOf(inner),
        _ => SegmentationFault.Row,
    };

    /// <summary>Why, in one line that names neither row nor path.</summary>
    public static string ReasonOf(Exception problem)
    {
        // What is wrapped around a cause says only that there was one.
        while (problem is not SegmentationException && IsWrapping(problem) && problem.InnerException is { } inner)
        {
            problem = inner;
        }

        return problem switch
        {
            SegmentationException known => known.Reason,
            PictureFileException picture => picture.Reason,
            OutOfMemoryException => "there is not enough memory for it; a smaller picture or a mask of the model's size needs less",

            // Their own words hold full paths, which say more about the machine than about the picture.
            FileNotFoundException missing when !NamesAssembly(missing) => "is not there",
            DirectoryNotFoundException => "is not there",
            PathTooLongException => "has a path that is too long",
            UnauthorizedAccessException => "may not be read: permission is denied",

            // MLImage's words for what the decoder refuses: "Invalid path", "Invalid input stream contents".
            ArgumentException refused when refused.Message.StartsWith("Invalid", StringComparison.Ordinal) =>
                "cannot be decoded: it is damaged, or of a kind that ML.NET does not read",
            _ => problem.Message.ReplaceLineEndings(" ").Trim(),
        };
    }

    private static bool IsWrapping(Exception problem)
        => problem is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 }
            || (problem is InvalidOperationException && problem.Message.StartsWith(ReadAhead, StringComparison.Ordinal));

    // A missing or unfit library shows itself as one of a family of exceptions; what is closed stays closed.
    private static bool IsOfMachine(Exception problem) => problem switch
    {
        OnnxRuntimeException or OutOfMemoryException or ObjectDisposedException => true,
        TypeLoadException or MissingMemberException or BadImageFormatException or TypeInitializationException => true,
        FileNotFoundException missing => NamesAssembly(missing),
        DirectoryNotFoundException or PathTooLongException or EndOfStreamException => false,
        IOException => true,
        _ => false,
    };

    // An assembly that is not found is a missing file too; it is named with its version.
    private static bool NamesAssembly(FileNotFoundException missing)
        => missing.FileName?.Contains(", Version=", StringComparison.Ordinal) ?? false;
}
