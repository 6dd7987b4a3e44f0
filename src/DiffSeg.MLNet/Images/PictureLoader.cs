using System.Buffers;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Metrics;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Images;

/// <summary>Loads picture files, as ML.NET's LoadImages decodes them, after a look at each.</summary>
internal sealed class PictureLoader(PictureLoadingSettings settings)
{
    /// <summary>Loads one.</summary>
    /// <param name="path">As the row has it.</param>
    /// <param name="status">Why there is no picture; empty when there is one.</param>
    /// <returns>
    /// The picture, the caller's; a <see cref="MissingPicture"/> for a row that fails where the settings tell a status.
    /// </returns>
    public MLImage Load(string path, out string status)
    {
        status = "";
        try
        {
            return Read(path);
        }
        catch (Exception problem) when (settings.TellsStatus && RowFailure.FaultOf(problem) == SegmentationFault.Row)
        {
            status = RowFailure.ReasonOf(problem);
            return MissingPicture.Make();
        }
    }

    /// <summary>Loads one, or throws.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limits">What it may ask for; null to look at nothing.</param>
    public static MLImage Read(string file, PictureLimits? limits)
    {
        using Stage.Timing loading = Stage.Load.Begin();
        if (limits is not null && PictureFile.Problem(file, limits) is { } problem)
        {
            throw PictureFileException.Of(problem, file);
        }

        MLImage picture = Decode(file);
        picture.Tag = file;
        return picture;
    }

    private MLImage Read(string path)
    {
        if (path.Length == 0)
        {
            throw new PictureFileException("has an empty path");
        }

        return Read(settings.Folder is { } folder ? Path.Combine(folder, path) : path, settings.Limits);
    }

    // Read whole before it is decoded: what a disk throws must not be thrown through the decoder, which is native code.
    private static MLImage Decode(string file)
    {
        using FileStream stream = File.OpenRead(file);
        if (stream.Length > Array.MaxLength)
        {
            throw new PictureFileException("has more bytes than can be decoded");
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)stream.Length);
        try
        {
            int length = stream.ReadAtLeast(bytes.AsSpan(0, (int)stream.Length), (int)stream.Length, throwOnEndOfStream: false);
            using var memory = new MemoryStream(bytes, 0, length, writable: false);
            return MLImage.CreateFromStream(memory);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
