using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Sessions;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet;

/// <summary>
/// An attention model, open to encode pictures: each becomes a <see cref="SegmentationSession"/>, which answers any number of
/// questions about it without another run of the model. Made by <see cref="SegmentationCatalog.LoadEncoder"/>.
/// </summary>
/// <remarks>
/// A picture goes the way of the ready-made chain <c>ml.Transforms.DiffSeg</c>, and <c>encoder.Encode(path).Segment()</c> gives
/// the bits of its mask of the size <see cref="MaskSize.Original"/>. May be asked by several threads, which take turns at the
/// model. Sessions outlive the encoder; each holds the attention of its picture, 64 MiB at 64 x 64 tokens, until it is
/// disposed.
/// </remarks>
public sealed class AttentionEncoder : IDisposable
{
    private readonly Lock _turn = new();
    private readonly MaskSettings _settings;
    private readonly PictureScoring _scoring;
    private bool _disposed;

    internal AttentionEncoder(
        TransformsCatalog catalog, AttentionModel model, DiffSegOptions? options, ImageFit fit,
        AggregationOptions? aggregation, AttentionScoringOptions scoring)
    {
        Check(model);
        Model = model;
        var chain = new DiffSegMaskOptions
        {
            Fit = fit,
            Size = MaskSize.Original,
            MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1,
        };
        if (options is not null)
        {
            // Looked at with the chain's settings: for small maps the caller's are fewer than those would be.
            chain.AnchorsPerSide = options.AnchorsPerSide;
        }

        MaskSettings settings = MaskSettings.From("Mask", model.OutputNames, PictureRow.Column, null, model, chain);
        _settings = settings with
        {
            Algorithm = options ?? settings.Algorithm,
            Aggregation = aggregation ?? settings.Aggregation,
        };
        _settings.CheckAnchors();
        AttentionScoringOptions on = scoring.Checked(model);
        on.IntraOpNumThreads ??= options is { MaxDegreeOfParallelism: > 0 and var degree } ? degree : null;
        _scoring = new PictureScoring(catalog, model, _settings, on);
    }

    /// <summary>The model.</summary>
    public AttentionModel Model { get; }

    /// <summary>Encodes a picture file.</summary>
    /// <param name="imagePath">Path of the picture. EXIF orientation is not applied, as in the chain.</param>
    /// <param name="cancellationToken">Looked at between the stages; a run of the model comes to its end.</param>
    /// <returns>
    /// The session, the caller's to dispose: its grid has the picture's size (with <see cref="ImageFit.Crop"/> that of the
    /// centre that the model saw), and its picture is the file's.
    /// </returns>
    /// <exception cref="SegmentationException">
    /// The file is missing, not whole, beyond the default <see cref="PictureLimits"/> or cannot be decoded, or what the model
    /// gives for it is no attention.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SegmentationSession Encode(string imagePath, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(imagePath);
        return Encode(() => PictureLoader.Read(imagePath, PictureLimits.Default), imagePath, cancellationToken);
    }

    /// <summary>Encodes a picture file from a stream.</summary>
    /// <param name="picture">
    /// A stream at the beginning of the file; stays open. It is decoded as it is: ask <see cref="PictureFile"/> first about one
    /// from strangers.
    /// </param>
    /// <param name="cancellationToken">As for a file.</param>
    /// <returns>As for a file.</returns>
    /// <exception cref="SegmentationException">
    /// The picture cannot be decoded, or what the model gives for it is no attention.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SegmentationSession Encode(Stream picture, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Encode(() => MLImage.CreateFromStream(picture), null, cancellationToken);
    }

    /// <summary>Encodes a picture in memory.</summary>
    /// <param name="image">The picture; left as it is, and the caller's as before.</param>
    /// <param name="cancellationToken">As for a file.</param>
    /// <returns>As for a file.</returns>
    /// <exception cref="SegmentationException">What the model gives for the picture is no attention.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public SegmentationSession Encode(MLImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);

        // ML.NET's steps dispose pictures that they are given: they get a copy.
        return Encode(
            () => MLImage.CreateFromPixels(image.Width, image.Height, image.PixelFormat, image.Pixels), null, cancellationToken);
    }

    /// <summary>Closes the model, when the picture that is being encoded is done. Sessions live on.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            if (!_disposed)
            {
                _disposed = true;
                _scoring.Dispose();
            }
        }
    }

    private static void Check(AttentionModel model)
    {
        if (model.FirstMerge is not null)
        {
            throw new NotSupportedException(
                $"'{model.Path}' merges in its graph and gives no attention to ask about. Use a model of the form Aggregated.");
        }

        if (model.BatchSize is > 1)
        {
            throw new NotSupportedException(
                $"'{model.Path}' takes {model.BatchSize} pictures a run, and an encoder has one at a time. Build the model for "
                + "one picture or for any number of them.");
        }
    }

    private SegmentationSession Encode(Func<MLImage> load, string? path, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            using MLImage image = load();
            Picture picture = CoveredPicture.Of(image, _settings);
            lock (_turn)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_disposed, this);
                (AggregatedAttention attention, MaskGrid grid) = _scoring.Run(image, cancellationToken);
                return new SegmentationSession(attention, grid, _settings.Algorithm, picture);
            }
        }
        catch (Exception cause) when (cause is not (OperationCanceledException or ObjectDisposedException))
        {
            throw SegmentationException.Of(null, path, cause, unnamed: "The picture");
        }
    }
}
