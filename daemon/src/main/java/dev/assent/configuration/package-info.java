/// The server's configuration file, read once into the values that the floors below take.
@NullMarked
package dev.assent.configuration;

import org.jspecify.annotations.NullMarked;
