namespace DiffSeg.Cli.Viewing.Encoded;

/// <summary>Runs the model on pictures.</summary>
internal interface IPictureEncoder : IDisposable
{
    /// <summary>Runs the model on one picture.</summary>
    /// <param name="path">The picture's file.</param>
    /// <param name="cancellationToken">Ends it, by <see cref="OperationCanceledException"/>.</param>
    /// <returns>The picture, to be disposed.</returns>
    EncodedPicture Encode(string path, CancellationToken cancellationToken);
}
