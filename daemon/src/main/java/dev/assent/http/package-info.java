/// REST API and health, for the command line and for people's own programs.
@NullMarked
package dev.assent.http;

import org.jspecify.annotations.NullMarked;
