using System.CommandLine;
using System.Globalization;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.CommandLine;

/// <summary>What a picture's file may ask for, looked at before it is decoded.</summary>
internal sealed class PictureLimitOptions
{
    private readonly PictureLimits _usual;
    private readonly Option<long?> _maxPixels;
    private readonly Option<long?> _maxFileSize;

    /// <summary>Makes them.</summary>
    /// <param name="usual">The limits where none are given.</param>
    /// <param name="fate">What becomes of a picture beyond them: "fail".</param>
    /// <param name="mostBytes">The largest limit of bytes that may be given.</param>
    public PictureLimitOptions(PictureLimits usual, string fate, long mostBytes = long.MaxValue)
    {
        _usual = usual;
        _maxPixels = new("--max-pixels")
        {
            Description = string.Create(
                CultureInfo.InvariantCulture, $"Pictures with more pixels {fate} without being decoded; decoded, each takes 4 bytes. [default: {usual.MaxPixels}]"),
            HelpName = "N",
            CustomParser = Values.OptionalLong(1, "a number of pixels from 1"),
        };
        _maxFileSize = new("--max-file-size")
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"Files with more bytes {fate} without being decoded. [default: {usual.MaxFileBytes >> 20} MB]"),
            HelpName = "SIZE",
            CustomParser = mostBytes == long.MaxValue
                ? Values.Bytes("a size such as 256MB")
                : Values.Bytes($"a size such as 32MB, below {mostBytes + 1} bytes", mostBytes),
        };
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_maxPixels, _maxFileSize];

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public PictureLimits Read(ParseResult result) => new()
    {
        MaxPixels = result.GetValue(_maxPixels) ?? _usual.MaxPixels,
        MaxFileBytes = Math.Max(1, result.GetValue(_maxFileSize) ?? _usual.MaxFileBytes),
    };
}
